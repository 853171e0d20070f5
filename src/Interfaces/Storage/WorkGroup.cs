using System.Diagnostics.CodeAnalysis;

namespace Armature.Storage;

/// <summary>Work that is done together. It is taken piece by piece, and what arrives until the last is taken still joins.</summary>
public sealed class WorkGroup<T>
{
    private readonly WorkGroups<T> _source;
    private readonly List<WorkEntry<T>> _members;
    private bool _isBegun;
    private int _count;

    internal WorkGroup(WorkGroups<T> source, WorkEntry<T> first)
    {
        _source = source;
        _members = [first];
        _count = first.Count;
        Bytes = first.Bytes;
    }

    internal long Bytes { get; private set; }

    /// <summary>Takes the next piece of work; false when there is no more, or the group is full. At first there is always one.</summary>
    public bool TryTake([MaybeNullWhen(false)] out T work)
    {
        if (_isBegun && !TryJoin())
        {
            work = default;
            return false;
        }

        _isBegun = true;
        work = _members[^1].Work;
        return true;
    }

    internal void End(Exception? failure)
    {
        foreach (var member in _members)
        {
            _ = failure is null ? member.TrySetResult() : member.TrySetException(failure);
        }
    }

    private bool TryJoin()
    {
        if (_source.Take(_count, Bytes) is not { } next)
        {
            return false;
        }

        _members.Add(next);
        _count += next.Count;
        Bytes += next.Bytes;
        return true;
    }
}
