using System.ComponentModel.DataAnnotations;
using Armature.Batching;

namespace Armature.Validation;

/// <summary>
/// Says which of many values there are, such as the keys of a table: for rules with <c>MustExistIn</c>. Made once and kept in a static
/// field. On silos it is found by its name, and must be registered there with <c>AddLookup</c>.
/// </summary>
/// <typeparam name="TValue">The values. On silos they are written by the Orleans serializer.</typeparam>
public sealed class Lookup<TValue>
    where TValue : notnull
{
    /// <summary>Creates a lookup.</summary>
    /// <param name="name">Its name: 1 to 128 characters of a-z, A-Z, 0-9, '-', '_' and '.', the first and the last not '.'.</param>
    /// <param name="find">Gives those of the values that there are; the set that it gives decides which values are the same. The values are distinct, and never more than <see cref="LookupOptions.MaxValues"/>.</param>
    /// <param name="options">How it is asked; null for the defaults.</param>
    /// <exception cref="ArgumentException">It is no name.</exception>
    /// <exception cref="ValidationException">An option is out of its range.</exception>
    public Lookup(string name, Func<IReadOnlyCollection<TValue>, CancellationToken, ValueTask<IReadOnlySet<TValue>>> find, LookupOptions? options = null)
        : this(name)
    {
        ArgumentNullException.ThrowIfNull(find);
        Find = find;
        Options = options ?? new();
        Validator.ValidateObject(Options, new ValidationContext(Options), validateAllProperties: true);
    }

    internal Lookup(string name)
    {
        BatchName.ThrowIfInvalid(name);
        Name = name;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Null for one that is only named.</summary>
    internal Func<IReadOnlyCollection<TValue>, CancellationToken, ValueTask<IReadOnlySet<TValue>>>? Find { get; }

    internal LookupOptions Options { get; } = new();

    internal TimeProvider Time { get; init; } = TimeProvider.System;
}
