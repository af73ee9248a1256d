using PixelPipeline.Tables;
using PixelPipeline.Writing;

namespace PixelPipeline.Tests.Writing;

/// <summary>
/// Drives a group commit through one interleaving of arrivals, admissions, ends of inserts and cancellations, chosen by
/// a seed, and checks every insert that it starts. After each step it waits until as many inserts are under way as the
/// limits allow, so that the next step meets a state that the seed alone decides.
/// </summary>
internal sealed class GroupCommitModel : IDisposable
{
    private static readonly TableName[] Tables = [new("pixel", "_a"), new("pixel", "_b"), new("pixel", "_c"), new("rejected_pixel"), new("pixel", "__overflow")];

    private readonly Random _random;
    private readonly ScriptedRowWriter _writer = new();
    private readonly PipelineMeter _meter = new();
    private readonly GroupCommitLimits _limits;
    private readonly GroupCommitWriter _group;
    private readonly List<ModelRow> _rows = [];
    private readonly List<PendingInsert> _underWay = [];
    private readonly Queue<(ModelRow Row, TaskCompletionSource<TableName> Admission)> _admissions = new();

    public GroupCommitModel(int seed)
    {
        _random = new Random(seed);
        _limits = new GroupCommitLimits
        {
            MaxRows = _random.Next(1, 6),
            MaxBytes = _random.Next(400, 5_000),
            MaxInserts = _random.Next(1, 5),
            MaxWaitingRows = _random.Next(3, 40),
        };
        _group = new GroupCommitWriter(_writer, _limits, _meter, TimeProvider.System);
    }

    public IReadOnlyList<ModelRow> Rows => _rows;

    public async Task RunAsync(int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            await StepAsync();
            await SettleAsync();
        }

        while (_underWay.Count > 0 || _admissions.Count > 0)
        {
            Admit();
            await SettleAsync();
            await EndInsertAsync();
            await SettleAsync();
        }
    }

    public void Dispose()
    {
        _rows.ForEach(r => r.Delivery.Dispose());
        _meter.Dispose();
    }

    private async Task StepAsync()
    {
        switch (_random.Next(10))
        {
            case < 5:
                await ArriveAsync();
                break;
            case 5:
                Admit();
                break;
            case 6:
                await CancelAsync();
                break;
            default:
                await EndInsertAsync();
                break;
        }
    }

    private async Task ArriveAsync()
    {
        var row = new ModelRow(Some.Row($"{_rows.Count}", padding: _random.Next(4) * 400), Tables[_random.Next(Tables.Length)], _random.Next(8) == 0);
        var isRefused = _rows.Count(r => r.Fate is null) >= _limits.MaxWaitingRows;
        _writer.Admit = (table, cancellationToken) => _random.Next(4) > 0 ? new(row.AdmittedTo(table)) : Delay(row, cancellationToken);
        row.Write = _group.WriteAsync(row.Row, row.Table, row.Delivery.Token);
        _rows.Add(row);
        if (isRefused)
        {
            row.Fate = "refused";
            await row.CheckFateAsync();
        }
    }

    private ValueTask<TableName> Delay(ModelRow row, CancellationToken cancellationToken)
    {
        var admission = new TaskCompletionSource<TableName>(); // its continuation runs within SetResult: the row is enqueued then
        cancellationToken.Register(() => admission.TrySetCanceled(cancellationToken));
        _admissions.Enqueue((row, admission));
        return new(admission.Task);
    }

    private void Admit()
    {
        if (_admissions.TryDequeue(out var next) && next.Row.Fate is null)
        {
            var table = _random.Next(4) == 0 ? Tables[^1] : next.Row.Table; // sometimes the overflow table
            next.Admission.SetResult(next.Row.AdmittedTo(table));
        }
    }

    private async Task CancelAsync()
    {
        if (_rows.Where(r => r.Fate is null).ToList() is not { Count: > 0 } open)
        {
            return;
        }

        var row = open[_random.Next(open.Count)];
        await row.Delivery.CancelAsync();
        if (!row.IsUnderWay)
        {
            row.Fate = "cancelled";
            await row.CheckFateAsync();
        }
    }

    private async Task EndInsertAsync()
    {
        if (_underWay.Count == 0)
        {
            return;
        }

        var insert = _underWay[_random.Next(_underWay.Count)];
        _underWay.Remove(insert);
        var rows = insert.Rows.Select(r => _rows.Single(m => m.Row == r)).ToList();
        switch (_random.Next(6))
        {
            case 0:
                rows.ForEach(r => r.Fate = "failed");
                insert.Fail(new IOException("connection reset"));
                break;
            case 1:
                rows.ForEach(r => r.Fate = "failed");
                insert.Answer([.. rows.Select(_ => RowFate.Committed), RowFate.Committed]); // one fate too many
                break;
            default:
                rows.ForEach(r => r.Fate = r.IsPoisoned ? "invalid" : "committed");
                insert.Answer([.. rows.Select(r => r.IsPoisoned ? RowFate.Invalid("poison") : RowFate.Committed)]);
                break;
        }

        foreach (var row in rows)
        {
            await row.CheckFateAsync();
        }
    }

    private async Task SettleAsync()
    {
        var busy = _underWay.Select(i => i.Table).Concat(_rows.Where(r => r.IsWaiting).Select(r => r.Admitted!.Value)).Distinct().ToLookup(t => t.Suffix.Length > 0);
        var expected = Math.Min(_limits.MaxInserts, busy[true].Count()) + busy[false].Count(); // tables without suffix need no place
        while (_underWay.Count < expected)
        {
            Check(await _writer.NextAsync());
        }
    }

    private void Check(PendingInsert insert)
    {
        var rows = insert.Rows.Select(r => _rows.Single(m => m.Row == r)).ToList();
        var waiting = _rows.Where(r => r.IsWaiting && r.Admitted == insert.Table).ToList();
        Assert.That(_underWay.Select(i => i.Table), Has.None.EqualTo(insert.Table), "one insert a table");
        Assert.That(rows, Is.SubsetOf(waiting), "each row once, in the table that it was admitted to, unless withdrawn");
        Assert.That(rows, Has.Count.InRange(1, _limits.MaxRows));
        Assert.That(rows.Count == 1 || rows.Sum(r => r.Row.SizeBytes) <= _limits.MaxBytes, Is.True, "bytes of a batch");
        rows.ForEach(r => r.IsUnderWay = true);
        _underWay.Add(insert);
    }
}
