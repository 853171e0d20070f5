namespace Examples.Batching;

/// <summary>A small library. Its endless book is read until somebody stops.</summary>
public sealed class Library : ILibrary
{
    public const string EndlessBook = "The Endless Book";

    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when somebody reads the endless book.</summary>
    public Task EndlessBookOpened => _opened.Task;

    /// <summary>Ends when that reader was stopped.</summary>
    public Task EndlessBookClosed => _closed.Task;

    public async Task<string?> ReadAsync(string title, CancellationToken cancellationToken)
    {
        if (title == EndlessBook)
        {
            await ReadToTheEndAsync(cancellationToken);
        }

        return title switch
        {
            "Haiku" => "An old silent pond",
            "Proverb" => "Many hands make light work",
            _ => null,
        };
    }

    private async Task ReadToTheEndAsync(CancellationToken cancellationToken)
    {
        _opened.TrySetResult();
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }
        finally
        {
            _closed.TrySetResult();
        }
    }
}
