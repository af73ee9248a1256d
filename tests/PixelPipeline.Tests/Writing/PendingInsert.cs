using PixelPipeline.Events;
using PixelPipeline.Tables;
using PixelPipeline.Writing;

namespace PixelPipeline.Tests.Writing;

/// <summary>An insert under way, whose end the test decides.</summary>
internal sealed class PendingInsert(TableName table, IReadOnlyList<EventRow> rows)
{
    private readonly TaskCompletionSource<IReadOnlyList<RowFate>> _fates = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TableName Table { get; } = table;

    public IReadOnlyList<EventRow> Rows { get; } = rows;

    public IEnumerable<string> InsertIds => Rows.Select(r => r.InsertId);

    public Task<IReadOnlyList<RowFate>> Fates => _fates.Task;

    public void Commit() => Answer([.. Rows.Select(_ => RowFate.Committed)]);

    public void Answer(params RowFate[] fates) => _fates.SetResult(fates);

    public void Fail(Exception exception) => _fates.SetException(exception);
}
