namespace Armature.FileSystem;

/// <summary>
/// Finds the files that cannot all have their outputs: two would write one name (on some file systems names that
/// differ in case are one), or one would write a file where another needs a folder.
/// </summary>
internal static class OutputConflicts
{
    /// <summary>The files in conflict, and why. None of them is preferred.</summary>
    public static Dictionary<PlannedFile, ItemError> Find(IReadOnlyList<PlannedFile> planned)
    {
        var writers = planned
            .SelectMany(file => file.Outputs.Select(output => (Output: output, File: file)))
            .ToLookup(writer => writer.Output, writer => writer.File, StringComparer.OrdinalIgnoreCase);
        var conflicts = new Dictionary<PlannedFile, ItemError>(ReferenceEqualityComparer.Instance);
        foreach (var writersOfOne in writers.Where(group => group.Count() > 1))
        {
            Add(conflicts, writersOfOne.First(), writersOfOne.ElementAt(1), writersOfOne.Key);
            foreach (var other in writersOfOne.Skip(1))
            {
                Add(conflicts, other, writersOfOne.First(), writersOfOne.Key);
            }
        }

        foreach (var file in planned)
        {
            foreach (var folder in file.Outputs.SelectMany(FoldersOf))
            {
                foreach (var writer in writers[folder])
                {
                    Add(conflicts, file, writer, folder);
                    Add(conflicts, writer, file, folder);
                }
            }
        }

        return conflicts;
    }

    private static IEnumerable<string> FoldersOf(string output)
    {
        for (var folder = Path.GetDirectoryName(output); !string.IsNullOrEmpty(folder); folder = Path.GetDirectoryName(folder))
        {
            yield return folder;
        }
    }

    private static void Add(Dictionary<PlannedFile, ItemError> conflicts, PlannedFile file, PlannedFile other, string output) =>
        conflicts.TryAdd(file, new ItemError(
            FileErrorCodes.OutputConflict,
            $"Its output '{output}' is also needed by '{other.Source.Path}'. Rename one of them, or run them apart with another --out."));
}
