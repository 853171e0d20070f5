namespace Armature.Images;

/// <summary>The one plan of a command, as its silo's services hold it.</summary>
/// <param name="Plan">The plan, with every preset expanded.</param>
internal sealed record ImageFilePlan(ImagePlan Plan);
