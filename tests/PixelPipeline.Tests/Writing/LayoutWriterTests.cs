using PixelPipeline.Tables;
using PixelPipeline.Writing;

namespace PixelPipeline.Tests.Writing;

/// <summary>The table of all events is the truth, and the table of the user and day follows it.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class LayoutWriterTests : IDisposable
{
    private static readonly TableName All = new("all_pixel");

    private readonly RecordingRowWriter _rows = new();
    private readonly PipelineMeter _meter = new();
    private readonly FiringTime _time = new();
    private readonly TableLayout _layout = new TableLayout.Both("pixel", SuffixPattern.Parse(SuffixPattern.Default, Some.ShippedSchema()));

    private IEnumerable<TableName> Tables => _rows.Rows.Select(r => r.Table);

    public void Dispose() => _meter.Dispose();

    [Test]
    public async Task Write_BothTakeTheRow_IsCommittedInBothInOrder()
    {
        var row = Some.Row();
        var (fate, table) = await WriteAsync(Writer(), row);
        Assert.That((fate.IsCommitted, table), Is.EqualTo((true, _layout.TableOf(row))));
        Assert.That(Tables, Is.EqualTo(_layout.TablesOf(row)));
    }

    [Test]
    public async Task Write_TheTableOfAllEventsRefuses_IsInvalidAndGoesNowhereElse()
    {
        _rows.FateOf = (table, _) => table == All ? RowFate.Invalid("bad") : RowFate.Committed;
        var (fate, table) = await WriteAsync(Writer(), Some.Row());
        Assert.That((fate.InvalidMessage, table), Is.EqualTo(("bad", All)));
        Assert.That(Tables, Is.EqualTo(new[] { All }));
    }

    [Test]
    public async Task Write_TheOwnTableRefuses_IsCommittedAllTheSame()
    {
        _rows.FateOf = (table, _) => table == All ? RowFate.Committed : RowFate.Invalid("bad");
        Assert.That((await WriteAsync(Writer(), Some.Row())).Fate.IsCommitted, Is.True);
    }

    [Test]
    public async Task Write_TheOwnTableIsNotToBeHad_ComesAgainIntoThatAlone()
    {
        var writer = Writer();
        var row = Some.Row();
        _rows.FateOf = (table, _) => table == All ? RowFate.Committed : throw new IOException("away");
        Assert.That(async () => await WriteAsync(writer, row), Throws.TypeOf<RowNotCommittedException>());
        _rows.FateOf = (_, _) => RowFate.Committed;
        await WriteAsync(writer, row);

        Assert.That(Tables, Is.EqualTo(new[] { All, _layout.TableOf(row) }), "once in each");
    }

    [TestCase("all_pixel", 2)] // and then its own
    [TestCase("pixel", 1)] // that alone: the table of all events has it
    public async Task Write_TableThatDoesNotAnswerInTime_ComesAgainIntoWhatLacksIt(string hanging, int tablesAfterwards)
    {
        var asked = new TaskCompletionSource();
        var release = new ManualResetEventSlim();
        _rows.FateOf = (table, _) =>
        {
            if (table.Base == hanging && !release.IsSet)
            {
                asked.TrySetResult();
                release.Wait();
                throw new IOException("away");
            }

            return RowFate.Committed;
        };
        var writer = Writer();
        var row = Some.Row();
        var write = WriteAsync(writer, row);
        await asked.Task;
        Assert.That(_time.Due, Is.EqualTo(LayoutWriter.Limit), "one deadline for both tables");
        _time.Fire();
        Assert.That(async () => await write, Throws.TypeOf<RowNotCommittedException>().With.Message.Contains("50 s"));

        var before = Tables.Count();
        release.Set();
        await WriteAsync(writer, row);
        Assert.That(Tables.Skip(before), Is.EqualTo(_layout.TablesOf(row).TakeLast(tablesAfterwards)));
    }

    [Test]
    public void Write_NoNewTableIsAdmitted_StandsInTheTableOfAllEvents()
    {
        _rows.Admit = table => table == All ? table : throw new RowNotCommittedException("Too many new tables at once.");
        Assert.That(async () => await WriteAsync(Writer(), Some.Row()), Throws.TypeOf<RowNotCommittedException>());
        Assert.That(Tables, Is.EqualTo(new[] { All }));
    }

    [Test]
    public async Task Write_OneTableInTheLayout_GoesThere([Values] bool partitioned)
    {
        TableLayout layout = partitioned ? new TableLayout.Partitioned("pixel") : new TableLayout.Template("pixel", _layout.Suffix!);
        var row = Some.Row();
        await new LayoutWriter(Group(), layout, _meter, _time).WriteAsync(row, layout.TableOf(row), default);
        Assert.That(Tables.ToList(), Is.EqualTo(layout.TablesOf(row)).And.Count.EqualTo(1));
    }

    private Task<(RowFate Fate, TableName Table)> WriteAsync(LayoutWriter writer, PixelPipeline.Events.EventRow row) =>
        writer.WriteAsync(row, _layout.TableOf(row), default);

    private LayoutWriter Writer() => new(Group(), _layout, _meter, _time);

    private GroupCommitWriter Group() => new(_rows, new GroupCommitLimits(), _meter, TimeProvider.System);

    /// <summary>A clock whose one timer fires when the test says so.</summary>
    private sealed class FiringTime : TimeProvider
    {
        private Action _fire = () => throw new InvalidOperationException("Nothing is timed.");

        public TimeSpan Due { get; private set; }

        public void Fire() => _fire();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            (Due, _fire) = (dueTime, () => callback(state));
            return new Unset();
        }

        private sealed class Unset : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => default;
        }
    }
}
