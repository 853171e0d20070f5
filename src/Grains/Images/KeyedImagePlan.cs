namespace Armature.Images;

/// <summary>A plan, ready to be run, by the hash of its bytes.</summary>
internal sealed record KeyedImagePlan(string Key, ImagePlan Plan);
