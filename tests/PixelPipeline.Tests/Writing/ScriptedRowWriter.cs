using System.Threading.Channels;
using PixelPipeline.Events;
using PixelPipeline.Tables;
using PixelPipeline.Writing;

namespace PixelPipeline.Tests.Writing;

/// <summary>A writer that hands each insert to the test and answers when the test does.</summary>
internal sealed class ScriptedRowWriter : IEventRowWriter
{
    // Reached only by a test that is about to fail.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Channel<PendingInsert> _inserts = Channel.CreateUnbounded<PendingInsert>();

    /// <summary>Answers admissions; at once and with the same table unless the test says otherwise.</summary>
    public Func<TableName, CancellationToken, ValueTask<TableName>> Admit { get; set; } = (table, _) => new(table);

    public ValueTask<TableName> AdmitAsync(TableName table, DateTime day, CancellationToken cancellationToken) => Admit(table, cancellationToken);

    public Task<IReadOnlyList<RowFate>> WriteAsync(TableName table, IReadOnlyList<EventRow> rows, CancellationToken cancellationToken)
    {
        var insert = new PendingInsert(table, rows);
        _inserts.Writer.TryWrite(insert);
        return insert.Fates;
    }

    /// <summary>Waits for the next insert to start.</summary>
    public Task<PendingInsert> NextAsync() => _inserts.Reader.ReadAsync().AsTask().WaitAsync(Patience);
}
