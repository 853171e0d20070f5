using Armature.FileSystem;
using Armature.Terminal;

namespace Armature.Images;

/// <summary>Makes the outputs of files, in this process or on a cluster.</summary>
internal interface IImageFileWorker
{
    /// <summary>What it does before it works on the first file.</summary>
    string Opening { get; }

    /// <summary>Works on the files and tells what became of each as it is done, in no order.</summary>
    /// <param name="files">The files; the outputs are paths under the folder that the worker was made for.</param>
    /// <param name="progress">Is told how far the work is.</param>
    /// <param name="cancellationToken">Stops the work. What was written stays; nothing is left half written.</param>
    IAsyncEnumerable<FileOutcome> ProcessAsync(IReadOnlyList<PlannedFile> files, IProgress<ProgressSnapshot> progress, CancellationToken cancellationToken);
}
