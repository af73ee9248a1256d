using System.Threading.Channels;

namespace PixelPipeline.LocalBigQuery.Storage;

/// <summary>
/// The one writer of the database. Work that waits while a commit reaches the disk shares the next commit, so the
/// cost of a disk flush is divided among all callers. A caller's task ends after its own commit: what was answered
/// survives a kill and a power cut, and work is applied whole or not at all.
/// </summary>
internal sealed class WriteQueue : IAsyncDisposable
{
    private const int MaximumWaiting = 4096;
    private const int MaximumPerCommit = 1024;

    private readonly Channel<PendingWrite> _waiting = Channel.CreateBounded<PendingWrite>(
        new BoundedChannelOptions(MaximumWaiting) { SingleReader = true });

    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SqlSession _session;

    /// <summary>Starts the writer's thread.</summary>
    public WriteQueue(Database database)
    {
        _session = database.OpenWriter();
        new Thread(Write) { IsBackground = true, Name = "BigQuery writer" }.Start();
    }

    /// <summary>Runs <paramref name="work"/> in a transaction and returns what it returned once that is committed.</summary>
    /// <param name="work">Runs on the writer's thread; if it throws an <see cref="Api.ApiException"/>, its changes alone are undone.</param>
    /// <param name="cancellationToken">Gives up waiting for a place in the queue; work in the queue is done in any case.</param>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">The disk failed: nothing of the shared commit was applied.</exception>
    /// <exception cref="ChannelClosedException">The local BigQuery is stopping.</exception>
    public async Task<T> RunAsync<T>(Func<SqlSession, T> work, CancellationToken cancellationToken)
    {
        var write = new PendingWrite<T>(work);
        await _waiting.Writer.WriteAsync(write, cancellationToken);
        return await write.Committed;
    }

    /// <summary>Runs a statement that SQLite takes outside of transactions only, while no other work is under way.</summary>
    /// <param name="work">Runs on the writer's thread.</param>
    /// <param name="cancellationToken">Gives up waiting for a place in the queue; work in the queue is done in any case.</param>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">The disk failed, or it is full.</exception>
    /// <exception cref="ChannelClosedException">The local BigQuery is stopping.</exception>
    public async Task<T> RunAloneAsync<T>(Func<SqlSession, T> work, CancellationToken cancellationToken)
    {
        var write = new PendingWrite<T>(work) { IsAlone = true };
        await _waiting.Writer.WriteAsync(write, cancellationToken);
        return await write.Committed;
    }

    /// <summary>Commits what waits, takes nothing new and closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _ended.Task;
    }

    private void Write()
    {
        var group = new List<PendingWrite>();
        while (WaitForWork())
        {
            PendingWrite? alone = null;
            while (alone is null && group.Count < MaximumPerCommit && _waiting.Reader.TryRead(out var write))
            {
                alone = write.IsAlone ? write : null;
                group.AddRange(write.IsAlone ? [] : [write]);
            }

            if (group.Count > 0)
            {
                Commit(group);
            }

            group.Clear();
            RunAlone(alone);
        }

        _session.Dispose();
        _ended.SetResult();
    }

    private bool WaitForWork() => _waiting.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult();

    private void RunAlone(PendingWrite? write)
    {
        try
        {
            write?.TryApply(_session);
            write?.Complete();
        }
        catch (Exception e)
        {
            write!.Fail(e);
        }
    }

    private void Commit(List<PendingWrite> group)
    {
        try
        {
            _session.Execute("BEGIN IMMEDIATE");
            foreach (var write in group)
            {
                Apply(write);
            }

            _session.Execute("COMMIT");
        }
        catch (Exception e)
        {
            // Which of the group's changes the failure took along is not known here: undo all, and let each caller try again.
            RollBack();
            group.ForEach(write => write.Fail(e));
            return;
        }

        group.ForEach(write => write.Complete());
    }

    private void Apply(PendingWrite write)
    {
        _session.Execute("SAVEPOINT one_write");
        if (!write.TryApply(_session))
        {
            _session.Execute("ROLLBACK TO one_write");
        }

        _session.Execute("RELEASE one_write");
    }

    private void RollBack()
    {
        // SQLite has itself rolled back after some errors, a full disk for one: https://www.sqlite.org/lang_transaction.html
        if (SQLitePCL.raw.sqlite3_get_autocommit(_session.Connection.Handle) == 0)
        {
            _session.Execute("ROLLBACK");
        }
    }
}
