package dev.larder.jcache.copy;

import java.io.Externalizable;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.Method;
import java.util.Arrays;

/**
 * Whether serialization of a class is more than its fields: methods of its own, or other fields
 * than it declares. Such a class means something by it, so serialization it is.
 */
final class SerialHooks {
  private SerialHooks() {}

  /** Whether the class or a superclass has some, or cannot be looked at. */
  static boolean of(Class<?> type) {
    if (Externalizable.class.isAssignableFrom(type)) {
      return true;
    }
    try {
      for (Class<?> each = type; each != null; each = each.getSuperclass()) {
        if (Arrays.stream(each.getDeclaredMethods()).anyMatch(SerialHooks::isHook)
            || Arrays.stream(each.getDeclaredFields())
                .anyMatch(field -> field.getName().equals("serialPersistentFields"))) {
          return true;
        }
      }
      return false;
    } catch (LinkageError e) {
      return true; // a class that it mentions is missing
    }
  }

  private static boolean isHook(Method method) {
    var takes = method.getParameterTypes();
    return switch (method.getName()) {
      case "writeReplace", "readResolve", "readObjectNoData" -> takes.length == 0;
      case "writeObject" -> takes.length == 1 && takes[0] == ObjectOutputStream.class;
      case "readObject" -> takes.length == 1 && takes[0] == ObjectInputStream.class;
      default -> false;
    };
  }
}
