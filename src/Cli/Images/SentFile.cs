using Armature.FileSystem;

namespace Armature.Images;

/// <summary>A file that was read and sent to a cluster.</summary>
/// <param name="File">The file.</param>
/// <param name="Source">The file as it was read.</param>
internal sealed record SentFile(PlannedFile File, FileStamp Source);
