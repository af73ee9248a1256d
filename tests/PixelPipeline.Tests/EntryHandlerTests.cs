using PixelPipeline.Events;
using PixelPipeline.Tables;
using PixelPipeline.Tests.Writing;
using PixelPipeline.Writing;

namespace PixelPipeline.Tests;

public sealed class EntryHandlerTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 2, 3, 4, TimeSpan.Zero);
    private static readonly EventSchema Schema = Some.ShippedSchema();

    private RecordingRowWriter _writer = null!;
    private PipelineMeter _meter = null!;

    [SetUp]
    public void SetUp()
    {
        _writer = new RecordingRowWriter();
        _meter = new PipelineMeter();
    }

    [TearDown]
    public void TearDown() => _meter.Dispose();

    [Test]
    public async Task Handle_Hit_IsWrittenToItsTable()
    {
        var outcome = (EntryOutcome.Written)await Handler(_writer).HandleAsync(Some.LogEntry(), default);
        Assert.That(_writer.Rows, Is.EqualTo([(outcome.Table, outcome.Row)]));
        Assert.That(outcome.Table.Id, Is.EqualTo($"pixel_{Some.UserId}_20261120"));
    }

    [Test]
    public async Task Handle_BudgetOfTablesSpent_TellsTheOverflowTable()
    {
        _writer.Admit = _ => new TableName("pixel", "__overflow_20261120");
        var outcome = (EntryOutcome.Written)await Handler(_writer).HandleAsync(Some.LogEntry(), default);
        Assert.That(outcome.Table.Id, Is.EqualTo("pixel__overflow_20261120"));
    }

    [Test]
    public async Task Handle_Ignored_WritesNothing()
    {
        await Handler(_writer).HandleAsync(Some.LogEntry(requestMethod: "POST"), default);
        Assert.That(_writer.Rows, Is.Empty);
    }

    [Test]
    public async Task Handle_Rejected_KeepsTheRawEntry()
    {
        var entry = Some.Hit("type=click");
        var outcome = (EntryOutcome.Rejected)await Handler(_writer).HandleAsync(entry, default);
        var (table, row) = _writer.Rows.Single();
        Assert.That(table.Id, Is.EqualTo("rejected_pixel"));
        Assert.That(row.Values, Is.EqualTo(new object?[] { Now.UtcDateTime, outcome.EventId, "missing_required", "user_id", outcome.Message, entry }));
    }

    [Test]
    public async Task Handle_InvalidRow_IsRejectedUnderItsEventId()
    {
        _writer.FateOf = (table, _) => table.Base == "pixel" ? RowFate.Invalid("no such field: x") : RowFate.Committed;
        var entry = Some.LogEntry();
        await Handler(_writer).HandleAsync(entry, default);
        var rows = _writer.Rows.ToArray();
        Assert.That(rows[1].Row.Values, Is.EqualTo(new object?[] { Now.UtcDateTime, rows[0].Row.InsertId, "invalid_row", null, "no such field: x", entry }));
    }

    [Test]
    public void Handle_RejectionsAreRefused_IsNotAcknowledged()
    {
        _writer.FateOf = (_, _) => RowFate.Invalid("no such field: entry");
        Assert.That(async () => await Handler(_writer).HandleAsync("{"u8.ToArray(), default),
            Throws.TypeOf<RowNotCommittedException>().With.Message.Contains("rejected_pixel").And.Message.Contains("no such field: entry"));
    }

    [Test]
    public void Handle_InsertFails_IsNotAcknowledged([Values("{", null)] string? entry)
    {
        _writer.FateOf = (_, _) => throw new IOException("connection reset");
        Assert.That(async () => await Handler(_writer).HandleAsync(entry is null ? Some.LogEntry() : "{"u8.ToArray(), default),
            Throws.TypeOf<RowNotCommittedException>());
    }

    [Test]
    public async Task Handle_InvalidRow_CompletesOnlyOnceTheRejectionIsCommitted()
    {
        var writer = new ScriptedRowWriter();
        var handling = Handler(writer).HandleAsync(Some.LogEntry(), default);
        (await writer.NextAsync()).Answer(RowFate.Invalid("no such field"));
        var rejection = await writer.NextAsync();
        Assert.That((rejection.Table.Id, handling.IsCompleted), Is.EqualTo(("rejected_pixel", false)));

        rejection.Commit();
        Assert.That(await handling, Is.TypeOf<EntryOutcome.Rejected>());
    }

    [Test]
    public async Task Totals_EveryOutcome_AddUp()
    {
        var handler = Handler(_writer);
        await handler.HandleAsync(Some.LogEntry(), default);
        await handler.HandleAsync(Some.LogEntry(requestMethod: "POST"), default);
        await handler.HandleAsync("{"u8.ToArray(), default);
        _writer.FateOf = (table, _) => table.Base == "pixel" ? RowFate.Invalid("x") : RowFate.Committed;
        await handler.HandleAsync(Some.LogEntry(), default);
        _writer.FateOf = (_, _) => throw new IOException("connection reset");
        Assert.That(async () => await handler.HandleAsync(Some.LogEntry(), default), Throws.Exception);
        Assert.That(_meter.Totals, Is.EqualTo(new PipelineTotals(Received: 5, Written: 1, Ignored: 1, Rejected: 2, Failed: 1)));
        Assert.That(_meter.Totals.Waiting, Is.Zero);
    }

    [Test]
    public async Task Totals_InsertUnderWay_CountAsWaiting()
    {
        var writer = new ScriptedRowWriter();
        var handling = Handler(writer).HandleAsync(Some.LogEntry(), default);
        var insert = await writer.NextAsync();
        Assert.That((_meter.Totals.Received, _meter.Totals.Waiting), Is.EqualTo((1, 1)));

        insert.Commit();
        await handling;
        Assert.That(_meter.Totals.Waiting, Is.Zero);
    }

    [Test]
    public async Task Handle_DeliveryEndsWhileWaiting_IsCountedAsFailed()
    {
        using var delivery = new CancellationTokenSource();
        var writer = new ScriptedRowWriter();
        var handler = Handler(writer);
        var first = handler.HandleAsync(Some.LogEntry(), default);
        var insert = await writer.NextAsync();
        var second = handler.HandleAsync(Some.LogEntry(), delivery.Token);
        await delivery.CancelAsync();
        Assert.That(async () => await second, Throws.InstanceOf<OperationCanceledException>());

        insert.Commit();
        await first;
        Assert.That(_meter.Totals, Is.EqualTo(new PipelineTotals(Received: 2, Written: 1, Ignored: 0, Rejected: 0, Failed: 1)));
    }

    private EntryHandler Handler(IEventRowWriter writer)
    {
        var layout = Some.Layout(Schema);
        var group = new GroupCommitWriter(writer, new GroupCommitLimits(), _meter, TimeProvider.System);
        return new EntryHandler(new PixelProcessor(Schema, layout, "/pixel.png"), group, layout, _meter, new StoppedClock());
    }

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
