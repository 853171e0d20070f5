namespace Armature.Terminal;

/// <summary>Shows nothing.</summary>
internal sealed class SilentProgressView : IProgressView
{
    public Task ShowAsync(string title, string? opening, Func<IProgress<ProgressSnapshot>, Task> work) => work(new Progress<ProgressSnapshot>());
}
