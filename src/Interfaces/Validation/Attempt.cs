using System.Diagnostics.CodeAnalysis;

namespace Armature.Validation;

/// <summary>Calls what a caller wrote beside the rules, to read a field or to decide whether it is meant. What it throws is a failure of that field.</summary>
internal static class Attempt
{
    public static bool TryCall<T, TResult>(Func<T, TResult> call, T instance, RuleText text, Walk walk, PathFrame? at, [MaybeNullWhen(false)] out TResult result)
    {
        try
        {
            result = call(instance);
            return true;
        }
#pragma warning disable CA1031 // it is the field's failure, and is said so
        catch (Exception exception)
#pragma warning restore CA1031
        {
            walk.Fail(text, at, null, exception);
            result = default;
            return false;
        }
    }
}
