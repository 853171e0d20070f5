using Armature.Validation.Tables;

namespace Armature.Validation.Files;

/// <summary>
/// Counts how often each rule of a file is broken. Rules in code are known when they are broken: they come after the others, in the
/// order in which rows break them.
/// </summary>
/// <param name="known">The rules that are known before.</param>
internal sealed class FileCounts(TableRule[] known)
{
    /// <summary>The most rules that a file may break: 10,000.</summary>
    public const int MostRules = 10_000;

    private readonly List<TableRule> _rules = [.. known];
    private readonly List<long> _counts = [.. new long[known.Length]];
    private readonly Dictionary<(string? Field, string Code), int> _found = [];

    /// <summary>Adds those of the next part.</summary>
    /// <exception cref="FileValidationException">They are too many.</exception>
    public void Add(FileChunkResult result)
    {
        for (var i = 0; i < result.Counts.Length; i++)
        {
            if (result.Counts[i] > 0)
            {
                _counts[i < known.Length ? i : NumberOf(result.Found[i - known.Length])] += result.Counts[i];
            }
        }
    }

    /// <summary>Adds one of a rule that is known.</summary>
    public void AddOne(int rule) => _counts[rule]++;

    /// <summary>All that are broken.</summary>
    public IEnumerable<FileRuleCount> ToReport() =>
        _rules.Zip(_counts, static (rule, count) => new FileRuleCount(rule.Field, rule.Code, rule.Message, count)).Where(static count => count.Count > 0);

    private int NumberOf(FoundRule found)
    {
        var rule = found.ToCounted();
        if (_found.TryGetValue((rule.Field, rule.Code), out var number))
        {
            return number;
        }

        if (_rules.Count == MostRules)
        {
            throw new FileValidationException("too_many_rules", $"The file breaks more than {MostRules:N0} different rules, each a path and a code. Give failures fewer codes: what differs from row to row belongs into messages.");
        }

        _found.Add((rule.Field, rule.Code), number = _rules.Count);
        _rules.Add(rule);
        _counts.Add(0);
        return number;
    }
}
