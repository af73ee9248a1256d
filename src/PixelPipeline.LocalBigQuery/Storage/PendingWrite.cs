using PixelPipeline.LocalBigQuery.Api;

namespace PixelPipeline.LocalBigQuery.Storage;

/// <summary>Work that waits for its commit. Its result is known when it is applied and told when it is committed.</summary>
internal abstract class PendingWrite
{
    /// <summary>Whether it runs outside of the transactions that others share.</summary>
    public bool IsAlone { get; init; }

    /// <summary>Applies the work; false when it was refused and its changes have to be undone.</summary>
    public abstract bool TryApply(SqlSession session);

    /// <summary>Tells the result, or the refusal.</summary>
    public abstract void Complete();

    /// <summary>Tells that nothing was committed.</summary>
    public abstract void Fail(Exception failure);
}

/// <inheritdoc/>
internal sealed class PendingWrite<T>(Func<SqlSession, T> work) : PendingWrite
{
    private readonly TaskCompletionSource<T> _committed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ApiException? _refusal;
    private T? _result;

    /// <summary>Ends with the result once it is on disk.</summary>
    public Task<T> Committed => _committed.Task;

    /// <inheritdoc/>
    public override bool TryApply(SqlSession session)
    {
        try
        {
            _result = work(session);
            return true;
        }
        catch (ApiException refusal)
        {
            _refusal = refusal;
            return false;
        }
    }

    /// <inheritdoc/>
    public override void Complete()
    {
        if (_refusal is null)
        {
            _committed.SetResult(_result!);
        }
        else
        {
            _committed.SetException(_refusal);
        }
    }

    /// <inheritdoc/>
    public override void Fail(Exception failure) => _committed.SetException(failure);
}
