namespace Armature.Hosting;

/// <summary>Finds the name that somebody meant.</summary>
internal static class NearestName
{
    /// <summary>The name that differs from <paramref name="word"/> by the fewest letters; null when every one differs by more than half of them.</summary>
    public static string? Find(string word, IEnumerable<string> names) => names
        .Select(name => (Name: name, Distance: Distance(word.ToUpperInvariant(), name.ToUpperInvariant())))
        .Where(candidate => candidate.Distance * 2 <= Math.Max(word.Length, candidate.Name.Length))
        .OrderBy(candidate => candidate.Distance)
        .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
        .Select(candidate => candidate.Name)
        .FirstOrDefault();

    // Letters to add, leave out or replace (Levenshtein), one row of the table at a time.
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
