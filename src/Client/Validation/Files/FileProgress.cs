namespace Armature.Validation.Files;

/// <summary>How far the check of a file is.</summary>
/// <param name="Step">What is done.</param>
/// <param name="Bytes">Bytes read in this step, of the file as it lies there.</param>
/// <param name="TotalBytes">Bytes of the file; null when nobody knows.</param>
/// <param name="Rows">Rows done in this step.</param>
/// <param name="BadRows">Rows of them that break a rule.</param>
public readonly record struct FileProgress(FileStep Step, long Bytes, long? TotalBytes, long Rows, long BadRows);
