using DuckDB.NET.Native;
using PixelPipeline.LocalBigQuery.Sql.Catalog;
using PixelPipeline.LocalBigQuery.Sql.Engine;

namespace PixelPipeline.LocalBigQuery.Sql;

/// <summary>A statement that is ready to run once, on the tables as they were when it was prepared.</summary>
internal sealed class PreparedQuery : IDisposable
{
    private readonly EngineSession _session;
    private readonly DuckDBPreparedStatement _statement;
    private readonly Action<EngineSession> _ended;

    public PreparedQuery(EngineSession session, DuckDBPreparedStatement statement, IReadOnlyList<QueryColumn> columns, IReadOnlyList<TablePath> referenced, Action<EngineSession> ended) =>
        (_session, _statement, Columns, Referenced, _ended) = (session, statement, columns, referenced, ended);

    /// <summary>The columns of the result.</summary>
    public IReadOnlyList<QueryColumn> Columns { get; }

    /// <summary>The tables and views that it reads, as named.</summary>
    public IReadOnlyList<TablePath> Referenced { get; }

    /// <summary>The rows, one at a time; each has a value per column, of the .NET type for its SQL type or null.</summary>
    /// <exception cref="GoogleSqlException">The query fails on the data.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public IEnumerable<object?[]> Execute(CancellationToken cancellationToken)
    {
        // An interrupt that comes a moment before the engine starts is lost: it is told again until it ends.
        using var interrupts = new Timer(_ => InterruptIf(cancellationToken), null, Timeout.Infinite, Timeout.Infinite);
        using var cancelled = cancellationToken.Register(() => interrupts.Change(TimeSpan.Zero, TimeSpan.FromMilliseconds(50)));
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var row in _session.Rows(_statement, [.. Columns.Select(c => c.Type)]))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return row;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ended(_session);
        _statement.Dispose();
        _session.Dispose();
    }

    private void InterruptIf(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            _session.Interrupt();
        }
    }
}
