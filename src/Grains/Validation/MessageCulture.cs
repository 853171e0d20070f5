using System.Globalization;

namespace Armature.Validation;

/// <summary>The language of messages.</summary>
internal static class MessageCulture
{
    /// <summary>That of the caller, or the invariant one where this silo does not know it.</summary>
    public static CultureInfo Of(string name)
    {
        try
        {
            return CultureInfo.GetCultureInfo(name);
        }
        catch (CultureNotFoundException)
        {
            return CultureInfo.InvariantCulture;
        }
    }
}
