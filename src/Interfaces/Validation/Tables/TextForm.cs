namespace Armature.Validation.Tables;

/// <summary>The formats of strings.</summary>
internal enum TextForm
{
    Any,
    Email,
    Uri,
    Binary,
    Uuid,
}
