using System.Text.RegularExpressions;

namespace Armature.Validation;

/// <summary>A regular expression, one instance a thread: threads that share one wait for it (measured: two were slower than one). Thread-safe.</summary>
#pragma warning disable CA1001 // lives as long as the rules do, which nobody disposes of
internal sealed class PatternCheck
#pragma warning restore CA1001
{
    private readonly ThreadLocal<Regex> _expression;

    /// <exception cref="ArgumentException">It is not a regular expression.</exception>
    public PatternCheck(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        var options = CanBeLinear(pattern) ? RegexOptions.CultureInvariant | RegexOptions.NonBacktracking : RegexOptions.CultureInvariant;
        _expression = new(() => new(pattern, options, ValidationLimits.RegexTimeout));
    }

    public bool IsMatch(string text) => _expression.Value!.IsMatch(text);

    private static bool CanBeLinear(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
            return true;
        }
        catch (NotSupportedException)
        {
            _ = new Regex(pattern, RegexOptions.CultureInvariant);
            return false;
        }
    }
}
