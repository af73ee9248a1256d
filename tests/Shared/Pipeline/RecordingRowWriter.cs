using System.Collections.Concurrent;
using PixelPipeline.Events;
using PixelPipeline.Tables;
using PixelPipeline.Writing;

namespace PixelPipeline.Testing;

/// <summary>A writer that remembers the rows it was given and tells each the fate that the test chose.</summary>
internal sealed class RecordingRowWriter : IEventRowWriter
{
    public ConcurrentQueue<(TableName Table, EventRow Row)> Rows { get; } = new();

    /// <summary>Each row's fate; committed unless the test says otherwise. May throw: then the insert fails.</summary>
    public Func<TableName, EventRow, RowFate> FateOf { get; set; } = (_, _) => RowFate.Committed;

    /// <summary>The table that rows for a table are sent to; that table unless the test says otherwise.</summary>
    public Func<TableName, TableName> Admit { get; set; } = table => table;

    public ValueTask<TableName> AdmitAsync(TableName table, DateTime day, CancellationToken cancellationToken) => new(Admit(table));

    public Task<IReadOnlyList<RowFate>> WriteAsync(TableName table, IReadOnlyList<EventRow> rows, CancellationToken cancellationToken)
    {
        var fates = new List<RowFate>();
        foreach (var row in rows)
        {
            fates.Add(FateOf(table, row));
            Rows.Enqueue((table, row));
        }

        return Task.FromResult<IReadOnlyList<RowFate>>(fates);
    }
}
