using System.Collections.Concurrent;
using Armature.Testing;

namespace Armature.Caching;

/// <summary>A factory that makes what a test says, counts its calls, and waits for a gate if there is one.</summary>
internal sealed class TestFactory
{
    private readonly ConcurrentDictionary<string, int> _calls = new();

    /// <summary>What it makes of each key; null when it fails.</summary>
    public string? Value { get; set; } = "new";

    /// <summary>Where its calls wait; null for nowhere.</summary>
    public Gate? Gate { get; set; }

    /// <summary>The token of the last call.</summary>
    public CancellationToken Token { get; private set; }

    public int CallsFor(string key) => _calls.GetValueOrDefault(key);

    public async Task<IReadOnlyDictionary<string, string>> MakeAsync(IReadOnlyList<string> missing, CancellationToken cancellationToken)
    {
        Token = cancellationToken;
        foreach (var key in missing)
        {
            _calls.AddOrUpdate(key, 1, (_, count) => count + 1);
        }

        var value = Value;
        await (Gate?.PassAsync(cancellationToken) ?? Task.CompletedTask);
        return value is null ? throw new InvalidOperationException("The source is down.") : missing.ToDictionary(key => key, _ => value);
    }
}
