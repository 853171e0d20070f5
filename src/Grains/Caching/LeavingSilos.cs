using System.Collections.Immutable;

namespace Armature.Caching;

/// <summary>Silos that have said that they stop, before the membership says it. An address is that of one process and never comes back. Thread-safe.</summary>
internal sealed class LeavingSilos
{
    private ImmutableHashSet<SiloAddress> _silos = [];

    public ImmutableHashSet<SiloAddress> All => Volatile.Read(ref _silos);

    public void Add(SiloAddress silo) => ImmutableInterlocked.Update(ref _silos, static (silos, added) => silos.Add(added), silo);

    /// <summary>Those of some silos that stay; all of them when none does.</summary>
    public IReadOnlyList<SiloAddress> Without(IReadOnlyList<SiloAddress> silos)
    {
        var leaving = All;
        var staying = leaving.IsEmpty ? silos : [.. silos.Where(silo => !leaving.Contains(silo))];
        return staying.Count == 0 ? silos : staying;
    }

    /// <summary>Forgets those that are gone.</summary>
    public void KeepOnly(IReadOnlyCollection<SiloAddress> silos) =>
        ImmutableInterlocked.Update(ref _silos, static (leaving, left) => leaving.Intersect(left), silos);
}
