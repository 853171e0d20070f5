using System.Collections.Concurrent;
using Armature.Testing;

namespace Armature.Caching;

/// <summary>A caller that wants keys which another one is making, and one key of its own: when it makes that one, it waits for the others.</summary>
internal sealed class LoadWaiter
{
    private readonly TaskCompletionSource _isWaiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentBag<string> _made = [];
    private readonly Gate _gate = new();
    private readonly string _ownKey;
    private readonly string _value;

    private LoadWaiter(string name, string value) => (_ownKey, _value) = ($"own key of {name}", value);

    /// <summary>The keys that it was to make, besides its own.</summary>
    public IReadOnlyCollection<string> Made => _made;

    /// <summary>What it got for the keys, without its own.</summary>
    public Task<CacheEntry<string>[]> Result { get; private set; } = null!;

    /// <summary>Begins, and returns when it waits for what others make. What it makes itself it gives once it is let go.</summary>
    public static async Task<LoadWaiter> BeginAsync(CacheClient<string> cache, string[] keys, string name, string value, CancellationToken cancellationToken)
    {
        var waiter = new LoadWaiter(name, value);
        waiter.Result = waiter.RunAsync(cache, keys, cancellationToken);
        await Task.WhenAny(waiter._isWaiting.Task, waiter.Result);
        return waiter;
    }

    /// <summary>Lets it give what it has made.</summary>
    public void LetGo() => _gate.Open();

    private async Task<CacheEntry<string>[]> RunAsync(CacheClient<string> cache, string[] keys, CancellationToken cancellationToken)
    {
        var entries = await cache.GetOrCreateManyAsync([.. keys, _ownKey], MakeAsync, cancellationToken: cancellationToken);
        return [.. entries.SkipLast(1)];
    }

    private async Task<IReadOnlyDictionary<string, string>> MakeAsync(IReadOnlyList<string> missing, CancellationToken cancellationToken)
    {
        if (missing.Contains(_ownKey))
        {
            _isWaiting.TrySetResult();
        }

        foreach (var key in missing.Where(key => key != _ownKey))
        {
            _made.Add(key);
        }

        await _gate.PassAsync(cancellationToken);
        return missing.ToDictionary(key => key, _ => _value);
    }
}
