using Armature.FileSystem;

namespace Armature.Images;

/// <summary>What an exception says about a file that was to be read.</summary>
internal static class ImageFileErrors
{
    /// <summary>The error of a file that could not be read, or whose picture was refused; null for what is no fault of the file.</summary>
    public static ItemError? Of(Exception exception) => exception switch
    {
        ImageException e => new ItemError(e.Code, e.Message),
        IOException or UnauthorizedAccessException => new ItemError(FileErrorCodes.Unreadable, $"The file could not be read: {exception.Message}"),
        _ => null,
    };
}
