using PixelPipeline.LocalBigQuery.Sql.Catalog;
using PixelPipeline.LocalBigQuery.Sql.Execution;
using SQLitePCL;

namespace PixelPipeline.LocalBigQuery.Sql;

/// <summary>A statement that is ready to run once, on the tables as they were when it was prepared.</summary>
internal sealed class PreparedQuery : IDisposable
{
    private const int InstructionsBetweenChecks = 100_000;

    private readonly ReadOnlyDatabase _database;
    private readonly Statement _statement;

    public PreparedQuery(ReadOnlyDatabase database, Statement statement, IReadOnlyList<QueryColumn> columns, IReadOnlyList<TablePath> referenced) =>
        (_database, _statement, Columns, Referenced) = (database, statement, columns, referenced);

    /// <summary>The columns of the result.</summary>
    public IReadOnlyList<QueryColumn> Columns { get; }

    /// <summary>The tables and views that it reads, as named.</summary>
    public IReadOnlyList<TablePath> Referenced { get; }

    /// <summary>The rows, one at a time; each has a value per column, of the .NET type for its SQL type or null.</summary>
    /// <exception cref="GoogleSqlException">The query fails on the data.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public IEnumerable<object?[]> Execute(CancellationToken cancellationToken)
    {
        // Interrupting alone may come a moment before SQLite starts, and be lost.
        raw.sqlite3_progress_handler(_database.Handle, InstructionsBetweenChecks, _ => cancellationToken.IsCancellationRequested ? 1 : 0, null);
        using var interrupt = cancellationToken.Register(() => raw.sqlite3_interrupt(_database.Handle));
        cancellationToken.ThrowIfCancellationRequested();
        while (_statement.Step())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var row = new object?[Columns.Count];
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = _statement.Read(i, Columns[i].Type);
            }

            yield return row;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _statement.Dispose();
        _database.Dispose();
    }
}
