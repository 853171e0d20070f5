namespace Armature.Terminal;

/// <summary>Shows a person how far a piece of work is.</summary>
internal interface IProgressView
{
    /// <summary>Runs the work and shows what it reports until it has ended.</summary>
    /// <param name="title">What is done, such as <c>images</c>.</param>
    /// <param name="opening">What is said until the first report, such as <c>starting a silo</c>; null for nothing.</param>
    /// <param name="work">The work; it reports in one place at a time.</param>
    Task ShowAsync(string title, string? opening, Func<IProgress<ProgressSnapshot>, Task> work);
}
