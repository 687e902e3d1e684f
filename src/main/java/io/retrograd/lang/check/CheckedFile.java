package io.retrograd.lang.check;

import io.retrograd.lang.tree.Script;
import io.retrograd.lang.value.ModuleValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A script, a notebook's cells or a module of the script's own, with what was found out about its names. */
final class CheckedFile {
    /** The script itself, or the cells in order. */
    final List<Script> parts;

    /** Where it lies; empty for the working folder. */
    final String folder;

    final Room room = new Room(Room.Kind.MODULE, null);
    final Map<Object, Room> rooms = new IdentityHashMap<>();

    /** Modules of which it takes all names. */
    final List<ModuleValue> libraryStars = new ArrayList<>();
    final List<CheckedFile> ownStars = new ArrayList<>();

    /** Attributes that it sets somewhere, which may then be there. */
    final Set<String> setAttributes = new HashSet<>();

    /** It makes names in a way that cannot be followed: exec, globals(), a star import of something unknown. */
    boolean open;

    /** The name under which it knows tf; empty if it imports none. */
    String tensorFlow = "";

    /** It searches modules in further folders. */
    boolean searchesElsewhere;

    CheckedFile(List<Script> parts, String folder) {
        this.parts = parts;
        this.folder = folder;
    }
}
