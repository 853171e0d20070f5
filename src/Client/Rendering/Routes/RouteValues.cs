using System.Runtime.CompilerServices;

namespace Armature.Rendering.Routes;

/// <summary>The values that parameters of a site's routes take, by the route's pattern, such as <c>/products/:id</c>.</summary>
public sealed class RouteValues
{
    private readonly Dictionary<string, IAsyncEnumerable<IReadOnlyDictionary<string, string>>> _values = new(StringComparer.Ordinal);

    /// <summary>Gives the values of a pattern's only parameter.</summary>
    /// <param name="pattern">The pattern as the site's routes show it.</param>
    /// <param name="values">The values, not encoded. For <c>**</c> at the end of a pattern they may have several segments.</param>
    /// <exception cref="ArgumentException">The pattern has no parameter or several, or has values already.</exception>
    public RouteValues Add(string pattern, IAsyncEnumerable<string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var names = RoutePattern.ParametersOf(pattern);
        if (names.Count != 1)
        {
            throw new ArgumentException($"The pattern '{pattern}' has {names.Count} parameters. Give a pattern with one, or a value for each by name.", nameof(pattern));
        }

        return Add(pattern, NamedAsync(names[0], values));
    }

    /// <inheritdoc cref="Add(string, IAsyncEnumerable{string})"/>
    public RouteValues Add(string pattern, IEnumerable<string> values) => Add(pattern, values.ToAsyncEnumerable());

    /// <summary>Gives the values of a pattern's parameters.</summary>
    /// <param name="pattern">The pattern as the site's routes show it.</param>
    /// <param name="values">For each page a value by the name of each parameter, without its colon and not encoded.</param>
    /// <exception cref="ArgumentException">The pattern has no parameter, or has values already.</exception>
    public RouteValues Add(string pattern, IAsyncEnumerable<IReadOnlyDictionary<string, string>> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (RoutePattern.ParametersOf(pattern).Count == 0)
        {
            throw new ArgumentException($"The pattern '{pattern}' has no parameter, such as :id or **.", nameof(pattern));
        }

        if (!_values.TryAdd(RoutePattern.Rooted(pattern), values))
        {
            throw new ArgumentException($"The pattern '{pattern}' has values already. Give all of them at once.", nameof(pattern));
        }

        return this;
    }

    /// <summary>The patterns that have values.</summary>
    internal IEnumerable<string> Patterns => _values.Keys;

    /// <summary>The values of a pattern; null when it has none.</summary>
    internal IAsyncEnumerable<IReadOnlyDictionary<string, string>>? Find(string pattern) => _values.GetValueOrDefault(RoutePattern.Rooted(pattern));

    private static async IAsyncEnumerable<IReadOnlyDictionary<string, string>> NamedAsync(
        string name, IAsyncEnumerable<string> values, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var value in values.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            yield return new Dictionary<string, string>(StringComparer.Ordinal) { [name] = value };
        }
    }
}
