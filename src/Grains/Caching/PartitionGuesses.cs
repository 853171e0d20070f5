namespace Armature.Caching;

/// <summary>Which silo to ask for each partition. Never changed once made.</summary>
internal sealed class PartitionGuesses
{
    private readonly int[] _silos = new int[CacheLimits.Partitions];

    private PartitionGuesses(IReadOnlyList<SiloAddress> active, IReadOnlyList<SiloAddress> silos, int learned)
    {
        Active = active;
        Silos = silos;
        Learned = learned;
    }

    /// <summary>How much was known of where partitions are, when they were made.</summary>
    public int Learned { get; }

    /// <summary>The silos that were active.</summary>
    public IReadOnlyList<SiloAddress> Active { get; }

    /// <summary>The silos to ask: one at least.</summary>
    public IReadOnlyList<SiloAddress> Silos { get; }

    /// <summary>The place in <see cref="Silos"/> of the one to ask for a partition.</summary>
    public int this[int partition] => _silos[partition];

    /// <summary>Guesses: what is known of a partition counts while that silo is active, and its owner otherwise.</summary>
    public static PartitionGuesses Make(IReadOnlyList<SiloAddress> active, SiloAddress local, SiloAddress?[] located, int learned)
    {
        var guesses = new PartitionGuesses(active, active.Count == 0 ? [local] : active, learned);
        var places = guesses.Silos.Select((silo, place) => KeyValuePair.Create(silo, place)).ToDictionary();
        for (var partition = 0; partition < CacheLimits.Partitions; partition++)
        {
            guesses._silos[partition] = located[partition] is { } known && places.TryGetValue(known, out var place)
                ? place
                : places[CacheOwners.Find(partition, guesses.Silos)];
        }

        return guesses;
    }
}
