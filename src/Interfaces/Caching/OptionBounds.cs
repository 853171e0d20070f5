namespace Armature.Caching;

/// <summary>The bounds of options that a caller gives with a call.</summary>
internal static class OptionBounds
{
    /// <exception cref="ArgumentOutOfRangeException">The value lies outside; the message names the bounds.</exception>
    public static T Checked<T>(T value, T least, T most, string name)
        where T : IComparable<T> =>
        value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must be between {least} and {most}.");
}
