namespace Armature.Batching;

/// <summary>Items that are on a silo now, or were when it died, as it is recorded.</summary>
[GenerateSerializer, Immutable, Alias("armature.batching.chunk-mark")]
internal sealed record ChunkMark
{
    /// <summary>Indices in runs: the first of each and how many follow one another.</summary>
    [Id(0)] public required int[] Runs { get; init; }

    /// <summary>Which attempt at these items it was.</summary>
    [Id(1)] public required int Attempt { get; init; }

    /// <summary>The silo.</summary>
    [Id(2)] public required SiloAddress Silo { get; init; }

    /// <summary>How often a silo had died with these items on it before.</summary>
    [Id(3)] public int Deaths { get; init; }

    public IEnumerable<int> Indices
    {
        get
        {
            for (var i = 0; i < Runs.Length; i += 2)
            {
                for (var offset = 0; offset < Runs[i + 1]; offset++)
                {
                    yield return Runs[i] + offset;
                }
            }
        }
    }

    public static ChunkMark Of(Work work, SiloAddress silo)
    {
        var runs = new List<int>();
        foreach (var index in work.Items.Indices)
        {
            if (runs.Count > 0 && runs[^2] + runs[^1] == index)
            {
                runs[^1]++;
                continue;
            }

            runs.Add(index);
            runs.Add(1);
        }

        return new() { Runs = [.. runs], Attempt = work.Attempt, Silo = silo, Deaths = work.Deaths };
    }
}
