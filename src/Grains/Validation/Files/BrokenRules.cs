namespace Armature.Validation.Files;

/// <summary>Counts the rules that the rows of a chunk break. Rules in code are given numbers as they are broken. Used once.</summary>
/// <param name="known">How many rules are known before.</param>
internal sealed class BrokenRules(int known)
{
    private readonly List<long> _counts = [.. new long[known]];
    private readonly List<FoundRule> _found = [];
    private readonly Dictionary<FoundRule, int> _places = [];
    private readonly Dictionary<(string Path, string Code), int> _counted = [];

    /// <inheritdoc cref="FileChunkResult.Counts"/>
    public long[] Counts => [.. _counts];

    /// <inheritdoc cref="FileChunkResult.Found"/>
    public FoundRule[] Found => [.. _found];

    /// <summary>Counts a rule that is known.</summary>
    public void Count(int rule) => _counts[rule]++;

    /// <summary>Counts a rule in code: whatever its message, and the elements of a collection together.</summary>
    public void Count(ValidationFailure failure)
    {
        var key = (FoundRule.WithoutIndexes(failure.Path), failure.Code);
        if (!_counted.TryGetValue(key, out var place))
        {
            _counted.Add(key, place = PlaceOf(failure));
        }

        _counts[place]++;
    }

    /// <summary>The place of a rule as this failure tells of it.</summary>
    public int PlaceOf(ValidationFailure failure)
    {
        var rule = new FoundRule(failure.Path, failure.Code, failure.Message);
        if (!_places.TryGetValue(rule, out var place))
        {
            _places.Add(rule, place = _counts.Count);
            _counts.Add(0);
            _found.Add(rule);
        }

        return place;
    }
}
