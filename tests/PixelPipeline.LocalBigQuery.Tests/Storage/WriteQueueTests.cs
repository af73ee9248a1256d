using Microsoft.Data.Sqlite;
using PixelPipeline.LocalBigQuery.Api;
using PixelPipeline.LocalBigQuery.Storage;

namespace PixelPipeline.LocalBigQuery.Tests.Storage;

[TestFixture]
internal sealed class WriteQueueTests
{
    private string _folder = null!;
    private Database _database = null!;
    private WriteQueue _writes = null!;

    [SetUp]
    public void Open()
    {
        _folder = Directory.CreateTempSubdirectory("write-queue-test-").FullName;
        _database = Database.Open(Path.Combine(_folder, "test.db"));
        _writes = new WriteQueue(_database);
    }

    [TearDown]
    public async Task Close()
    {
        _database.Dispose();
        await _writes.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task Run_RefusedHalfway_UndoesItsOwnChangesOnly()
    {
        await InOneGroupAsync(
            () => AddAsync("before"),
            () => Refused(session =>
            {
                Add(session, "half");
                throw ApiException.Invalid("no");
            }),
            () => AddAsync("after"));

        Assert.That(Datasets(), Is.EqualTo(new[] { "after", "before" }));
    }

    [Test]
    public async Task Run_DatabaseFails_UndoesTheGroupAndGoesOn()
    {
        var failures = new List<Type>();
        await InOneGroupAsync(
            () => Caught(AddAsync("shares the commit"), failures),
            () => Caught(_writes.RunAsync(session => session.Execute("INSERT INTO datasets VALUES (NULL, NULL)"), default), failures));
        await AddAsync("later");

        Assert.That(failures, Is.EqualTo(new[] { typeof(SqliteException), typeof(SqliteException) }));
        Assert.That(Datasets(), Is.EqualTo(new[] { "later" }));
    }

    [Test]
    public async Task Dispose_CommitsWhatWaits()
    {
        var waiting = Enumerable.Range(0, 100).Select(i => AddAsync($"d{i:00}")).ToArray();

        await _writes.DisposeAsync();

        await Task.WhenAll(waiting);
        Assert.That(Datasets(), Has.Count.EqualTo(100));
    }

    [Test]
    public void Reader_CannotWrite() => Assert.That(
        () => _database.Read(session => session.Execute("DELETE FROM datasets")), Throws.InstanceOf<SqliteException>());

    /// <summary>Holds the writer until all are waiting, so that they share a commit.</summary>
    private async Task InOneGroupAsync(params Func<Task>[] writes)
    {
        using var hold = new ManualResetEventSlim();
        var held = new TaskCompletionSource();
        var holding = _writes.RunAsync(
            _ =>
            {
                held.SetResult();
                return hold.Wait(TimeSpan.FromSeconds(30));
            },
            default);
        await held.Task;
        var tasks = writes.Select(write => write()).ToArray();
        hold.Set();
        await holding;
        await Task.WhenAll(tasks);
    }

    private Task<bool> AddAsync(string id) => _writes.RunAsync(session => Add(session, id), default);

    private static bool Add(SqlSession session, string id) => DatasetCatalog.TryAdd(session, id, "{}");

    private Task Refused(Func<SqlSession, bool> work)
    {
        var task = _writes.RunAsync(work, default);
        return Task.Run(() => Assert.That(async () => await task, Throws.InstanceOf<ApiException>()));
    }

    private static async Task Caught(Task task, List<Type> failures)
    {
        try
        {
            await task;
        }
        catch (SqliteException e)
        {
            lock (failures)
            {
                failures.Add(e.GetType());
            }
        }
    }

    private List<string> Datasets() => _database.Read(session => DatasetCatalog.List(session, "", 1000)).ConvertAll(dataset => dataset.Id);
}
