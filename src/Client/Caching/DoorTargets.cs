namespace Armature.Caching;

/// <summary>For each partition the doors on its silo. Never changed once made.</summary>
internal sealed class DoorTargets
{
    /// <summary>Doors of one silo that are used.</summary>
    public const int DoorsOfASilo = 4;

    private readonly ushort[] _owners;
    private readonly long[][] _doors;

    private DoorTargets(ushort[] owners, long[][] doors)
    {
        _owners = owners;
        _doors = doors;
    }

    /// <summary>Puts together what is known.</summary>
    /// <param name="map">Where partitions are.</param>
    /// <param name="doors">The numbers of the doors on each silo.</param>
    public static DoorTargets Make(CacheMap map, ILookup<SiloAddress, long> doors) =>
        new([.. map.Owners], [.. map.Silos.Select(silo => doors[silo].Take(DoorsOfASilo).ToArray())]);

    /// <summary>Cuts a request up by the silos that have its keys; what no door leads to is one part.</summary>
    /// <returns>One part at least.</returns>
    public IReadOnlyList<DoorPart> Split(CacheRequest request)
    {
        var hashes = new KeyHashes(request.Cache);
        var places = new List<int>?[_doors.Length + 1];
        for (var i = 0; i < request.Keys.Count; i++)
        {
            var silo = _owners[CacheHash.PartitionOf(hashes.Of(request.Keys[i]))];
            var part = _doors[silo].Length == 0 ? _doors.Length : silo;
            (places[part] ??= []).Add(i);
        }

        return [.. from part in Enumerable.Range(0, places.Length) where places[part] is not null select new DoorPart(DoorsOf(part), [.. places[part]!])];
    }

    private long[] DoorsOf(int part) => part == _doors.Length ? [] : _doors[part];
}
