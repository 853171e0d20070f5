namespace Armature.Validation.Files;

/// <summary>Partitions of a file's keys, one behind the other, that are compared at once: of a small file each has so few keys that handing it over would take longer than comparing.</summary>
/// <param name="First">The first partition.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Keys">How many keys they have.</param>
internal sealed record KeyGroup(int First, int Count, int Keys)
{
    /// <summary>Keys up to which partitions are put together: 8,192, which are 192 KiB. One that has more is a group of its own.</summary>
    public const int MaxKeys = 8 << 10;

    /// <summary>Bytes of the keys.</summary>
    public int Bytes => checked(Keys * KeyEntry.Size);

    /// <summary>All partitions, as few groups as can be.</summary>
    public static IEnumerable<KeyGroup> Of(KeySpool keys)
    {
        var group = new KeyGroup(0, 0, 0);
        for (var partition = 0; partition < KeyEntry.Partitions; partition++)
        {
            var count = keys.CountOf(partition);
            if (group.Count > 0 && group.Keys + (long)count > MaxKeys)
            {
                yield return group;
                group = new(partition, 0, 0);
            }

            group = group with { Count = group.Count + 1, Keys = group.Keys + count };
        }

        yield return group;
    }

    /// <summary>Reads their keys, those of earlier records first among those that are equal.</summary>
    public void Read(KeySpool keys, Span<KeyEntry> room)
    {
        for (var partition = First; partition < First + Count; partition++)
        {
            keys.Read(partition, room);
            room = room[keys.CountOf(partition)..];
        }
    }
}
