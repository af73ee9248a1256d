using System.Globalization;
using System.Runtime.CompilerServices;
using PixelPipeline.Tables;
using PixelPipeline.Writing;

namespace PixelPipeline.Tests.Writing;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class GroupCommitWriterTests : IDisposable
{
    private static readonly TableName A = new("pixel", "_a"), B = new("pixel", "_b"), C = new("pixel", "_c");

    private readonly ScriptedRowWriter _writer = new();
    private readonly PipelineMeter _meter = new();

    public void Dispose() => _meter.Dispose();

    [Test]
    public async Task Write_Idle_GoesAtOnceAndWaitsForItsFate()
    {
        var row = Some.Row();
        var write = Group().WriteAsync(row, A, default);
        var insert = await _writer.NextAsync();
        Assert.That((insert.Table, insert.Rows.Single(), write.IsCompleted), Is.EqualTo((A, row, false)));

        insert.Commit();
        Assert.That(await write, Is.EqualTo((RowFate.Committed, A)));
    }

    [Test]
    public async Task Write_DuringAnInsert_SharesTheNextInOrder()
    {
        var group = Group();
        var writes = Write(group, A, "1", "2", "3", "4");
        (await Next("1")).Commit();
        (await Next("2", "3", "4")).Commit();
        await Task.WhenAll(writes);
    }

    [Test]
    public async Task Batch_FateOfOneRowUnknown_FailsThatRowOnly()
    {
        var group = Group();
        var writes = Write(group, A, "0", "1", "2").ToList();
        (await Next("0")).Commit();
        (await Next("1", "2")).Answer(RowFate.Unknown(new IOException("cut off")), RowFate.Committed);

        Assert.That(async () => await writes[1], Throws.TypeOf<RowNotCommittedException>().With.InnerException.TypeOf<IOException>());
        Assert.That((await writes[2]).Fate.IsCommitted);
    }

    [Test]
    public async Task Write_OtherTable_DoesNotWait()
    {
        var group = Group();
        var writes = Write(group, A, "1").Concat(Write(group, B, "2")).ToList();
        PendingInsert[] inserts = [await _writer.NextAsync(), await _writer.NextAsync()];
        Assert.That(inserts.Select(i => i.Table), Is.EquivalentTo([A, B]));

        Array.ForEach(inserts, i => i.Commit());
        await Task.WhenAll(writes);
    }

    [Test]
    public async Task Batch_Rows_AreAtMostTheLimit()
    {
        var writes = Write(Group(new() { MaxRows = 2 }), A, "0", "1", "2", "3", "4", "5");
        foreach (var expected in (string[][])[["0"], ["1", "2"], ["3", "4"], ["5"]])
        {
            (await Next(expected)).Commit();
        }

        await Task.WhenAll(writes);
    }

    [Test]
    public async Task Batch_Bytes_AreAtMostTheLimitOrOneRow()
    {
        var size = Some.Row("1").SizeBytes;
        var group = Group(new() { MaxBytes = 2 * size });
        var writes = Write(group, A, "0", "1", "2", "3");
        writes.Add(group.WriteAsync(Some.Row("large", padding: 3 * size), A, default));
        writes.AddRange(Write(group, A, "4"));
        foreach (var expected in (string[][])[["0"], ["1", "2"], ["3"], ["large"], ["4"]])
        {
            (await Next(expected)).Commit();
        }

        await Task.WhenAll(writes);
    }

    [Test]
    public async Task Inserts_UnderWay_AreAtMostTheLimitInTurn()
    {
        var group = Group(new() { MaxInserts = 1 });
        var writes = Write(group, A, "1").Concat(Write(group, A, "2")).Concat(Write(group, B, "3")).Concat(Write(group, C, "4")).ToList();
        string[] order = ["1", "3", "4", "2"]; // a busy table comes behind the others
        foreach (var id in order)
        {
            var insert = await Next(id);
            Assert.That(writes.Count(w => !w.IsCompleted), Is.EqualTo(order.Length - Array.IndexOf(order, id)));
            insert.Commit();
            await writes[int.Parse(id, CultureInfo.InvariantCulture) - 1];
        }
    }

    [Test]
    public async Task Write_TooManyWaiting_FailsAtOnceAndOnlyThen()
    {
        var group = Group(new() { MaxWaitingRows = 2 });
        var writes = Write(group, A, "1", "2");
        Assert.That(async () => await group.WriteAsync(Some.Row("3"), B, default),
            Throws.TypeOf<RowNotCommittedException>().With.Message.Contains("MaxWaitingRows"));

        (await Next("1")).Commit();
        await writes[0];
        var second = await Next("2");
        writes.AddRange(Write(group, A, "4"));
        second.Commit();
        (await Next("4")).Commit();
        await Task.WhenAll(writes);
    }

    [Test]
    public async Task Insert_Fails_FailsEachOfItsRowsAndNoOther()
    {
        var writes = Write(Group(), A, "0", "1", "2");
        (await Next("0")).Commit();
        var cause = new IOException("connection reset");
        var insert = await Next("1", "2");
        var later = Write(Group(), A, "3");
        insert.Fail(cause);

        var failures = writes[1..].ConvertAll(w => Assert.ThrowsAsync<RowNotCommittedException>(() => w));
        Assert.That(failures.Select(f => f!.InnerException), Is.All.SameAs(cause));
        Assert.That(failures.Distinct().Count(), Is.EqualTo(2));
        (await Next("3")).Commit();
        Assert.That((await later[0]).Fate.IsCommitted, Is.True);
    }

    [Test]
    public async Task Insert_Fails_DoesNotHoldUpTheTable()
    {
        var writes = Write(Group(new() { MaxInserts = 1 }), A, "1", "2");
        (await Next("1")).Fail(new IOException("connection reset"));
        (await Next("2")).Commit();
        Assert.That((await writes[1]).Fate.IsCommitted, Is.True);
        Assert.That(() => writes[0], Throws.TypeOf<RowNotCommittedException>());
    }

    [Test]
    public async Task Insert_TimesOutItself_IsAFailureNotACancellation()
    {
        var write = Write(Group(), A, "1")[0];
        (await Next("1")).Fail(new TaskCanceledException());
        Assert.That(() => write, Throws.TypeOf<RowNotCommittedException>());
    }

    [Test]
    public async Task Insert_TellsTooFewFates_IsAFailure()
    {
        var write = Write(Group(), A, "1")[0];
        (await Next("1")).Answer();
        Assert.That(() => write, Throws.TypeOf<RowNotCommittedException>().With.Message.Contains("0 fates of 1 row"));
    }

    [Test]
    public async Task Insert_PoisonedRow_IsInvalidAlone()
    {
        var writes = Write(Group(), A, "0", "1", "2", "3");
        (await Next("0")).Commit();
        (await Next("1", "2", "3")).Answer(RowFate.Committed, RowFate.Invalid("no such field"), RowFate.Committed);
        var fates = (await Task.WhenAll(writes)).Select(w => w.Fate.InvalidMessage);
        Assert.That(fates, Is.EqualTo([null, null, "no such field", null]));
    }

    [Test]
    public async Task Cancel_WhileWaiting_WithdrawsTheRow()
    {
        using var delivery = new CancellationTokenSource();
        var group = Group();
        var writes = Write(group, A, "1");
        var withdrawn = group.WriteAsync(Some.Row("2"), A, delivery.Token);
        writes.AddRange(Write(group, A, "3"));
        await delivery.CancelAsync();
        Assert.That(async () => await withdrawn, Throws.InstanceOf<OperationCanceledException>());

        (await Next("1")).Commit();
        (await Next("3")).Commit();
        await Task.WhenAll(writes);
    }

    [Test]
    public async Task Cancel_UnderWay_AwaitsTheFate()
    {
        using var delivery = new CancellationTokenSource();
        var write = Group().WriteAsync(Some.Row("1"), A, delivery.Token);
        var insert = await Next("1");
        await delivery.CancelAsync();
        Assert.That(write.IsCompleted, Is.False);

        insert.Commit();
        Assert.That((await write).Fate.IsCommitted, Is.True);
    }

    [Test]
    public async Task Cancel_WhileWaiting_GivesTheRowsMemoryBack()
    {
        var group = Group();
        var write = Write(group, A, "1")[0];
        var insert = await Next("1");
        var withdrawn = await WriteAndWithdrawAsync(group);
        await Task.Yield(); // off the stack that still knows the row
        GC.Collect();
        Assert.That(withdrawn.IsAlive, Is.False, "an insert that hangs keeps withdrawn rows without bound");

        insert.Commit();
        await write;
    }

    [Test]
    public async Task Tables_Idle_AreForgotten()
    {
        using var delivery = new CancellationTokenSource();
        var group = Group(new() { MaxInserts = 1 });
        var writes = Write(group, A, "1");
        var withdrawn = group.WriteAsync(Some.Row("2"), B, delivery.Token);
        writes.AddRange(Write(group, C, "3"));
        var insert = await Next("1");
        await delivery.CancelAsync();
        Assert.That(group.TablesInUse, Is.EqualTo(3));

        insert.Commit();
        insert = await Next("3"); // so the table of row 1 is done with, and the one whose only row was withdrawn passed over
        Assert.That(group.TablesInUse, Is.EqualTo(1));
        insert.Commit();
        await Task.WhenAll(writes);
        Assert.That(async () => await withdrawn, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Admission_OtherTable_IsWhereTheRowGoes()
    {
        _writer.Admit = (_, _) => new(B);
        var write = Group().WriteAsync(Some.Row("1"), A, default);
        var insert = await Next("1");
        insert.Commit();
        Assert.That((insert.Table, (await write).Table), Is.EqualTo((B, B)));
    }

    [Test]
    public async Task Admission_Waits_HoldsNoOtherRowUp()
    {
        var admission = new TaskCompletionSource<TableName>();
        _writer.Admit = (table, _) => table == A ? new(admission.Task) : new(table);
        var group = Group(new() { MaxInserts = 1 });
        var writes = Write(group, A, "new").Concat(Write(group, B, "known")).ToList();
        (await Next("known")).Commit();
        admission.SetResult(A);
        (await Next("new")).Commit();
        await Task.WhenAll(writes);
    }

    [Test]
    public async Task Admission_Fails_FreesThePlace()
    {
        var group = Group(new() { MaxWaitingRows = 1 });
        _writer.Admit = (_, _) => throw new RowNotCommittedException("no quota");
        Assert.That(async () => await group.WriteAsync(Some.Row("1"), A, default), Throws.TypeOf<RowNotCommittedException>().With.Message.EqualTo("no quota"));

        _writer.Admit = (table, _) => new(table);
        var write = Write(group, A, "2")[0];
        (await Next("2")).Commit();
        Assert.That((await write).Fate.IsCommitted, Is.True);
    }

    private GroupCommitWriter Group(GroupCommitLimits? limits = null) => new(_writer, limits ?? new(), _meter, TimeProvider.System);

    private static List<Task<(RowFate Fate, TableName Table)>> Write(GroupCommitWriter group, TableName table, params string[] insertIds) =>
        [.. insertIds.Select(id => group.WriteAsync(Some.Row(id), table, default))];

    private async Task<PendingInsert> Next(params string[] insertIds)
    {
        var insert = await _writer.NextAsync();
        Assert.That(insert.InsertIds, Is.EqualTo(insertIds.Select(id => Some.Row(id).InsertId)));
        return insert;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> WriteAndWithdrawAsync(GroupCommitWriter group)
    {
        using var delivery = new CancellationTokenSource();
        var row = Some.Row("2");
        var write = group.WriteAsync(row, A, delivery.Token);
        await delivery.CancelAsync();
        await write.ContinueWith(_ => { }, TaskScheduler.Default);
        return new WeakReference(row);
    }
}
