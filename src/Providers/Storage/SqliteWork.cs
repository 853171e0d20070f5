namespace Armature.Storage;

/// <summary>What a committer is asked to do inside its next transaction.</summary>
internal sealed class SqliteWork(Action<SqliteWriter> act, CancellationToken cancellationToken)
{
    /// <summary>Why it was refused; the rest of the transaction went through.</summary>
    public FencedException? Refusal { get; private set; }

    public void Do(SqliteWriter writer)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return;
        }

        try
        {
            act(writer);
        }
        catch (FencedException refusal)
        {
            Refusal = refusal;
        }
    }
}
