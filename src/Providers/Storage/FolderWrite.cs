namespace Armature.Storage;

/// <summary>What a write does when there is a blob of that name.</summary>
internal enum FolderWrite
{
    Replace,
    Create,
}
