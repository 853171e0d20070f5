namespace Armature.Validation;

/// <summary>What happens to the other rules of a field when one fails.</summary>
public enum ValidationCascade
{
    /// <summary>They are checked too.</summary>
    Continue,

    /// <summary>Those after it are left out.</summary>
    Stop,
}
