namespace Armature.Batching;

/// <summary>An item's bytes, or its result, do not fit their type. Never leaves the silo.</summary>
internal sealed class ItemFormatException(string code, string message) : ArmatureException(message)
{
    public string Code { get; } = code;
}
