using System.Text;
using PixelPipeline.Events;
using PixelPipeline.Privacy.Lists;
using PixelPipeline.Privacy.Places;
using PixelPipeline.Tables;

namespace PixelPipeline.Privacy.Tests.Places;

internal sealed class EventPlacesTests
{
    private static readonly Person Ann = new("ann");

    [Test]
    public async Task ForgetAsync_LayoutBoth_LeavesTheOthersRowsAlone()
    {
        await using var tables = await RunningTables.StartAsync(Some.Schema());
        await tables.AddAsync("ann", 1, 2, 3);
        await tables.AddAsync("bob", 1, 2);
        await tables.AddOverflowAsync("ann", 2);
        await tables.AddOverflowAsync("bob", 2);
        await tables.RejectAsync("r1", Some.Hit("user_id=ann&screen_width=x"));
        await tables.RejectAsync("r2", Some.Hit("user_id=bob&screen_width=x"));
        await tables.RejectAsync("r3", null, "resolved", "Written to pixel_ann_20261101"); // its entry is past its time
        await tables.RejectAsync("r4", null, "resolved", "Written to pixel_bob_20261101");

        Assert.That(await SearchAsync(tables, Ann), Is.EqualTo("rejected entries (rejected_pixel) 2, table all_pixel 3, table pixel__overflow_20261102 1, tables pixel_… of this person alone 3"));
        Assert.That(await ForgetAsync(tables, Ann), Is.Empty);

        Assert.That(await SearchAsync(tables, Ann), Is.Empty);
        Assert.That(await tables.HeldAsync(), Is.EqualTo("all_pixel: bob 2; pixel__overflow_20261102: bob 1; pixel_bob_20261101: bob 1; pixel_bob_20261102: bob 1; rejected_pixel: r2 1, r4 1"));
    }

    [TestCase("a")] // whose tables begin as those of the others do
    [TestCase("a b")]
    [TestCase("a_20b")]
    [TestCase("ann@example.com")]
    [TestCase("1' OR '1'='1")]
    public async Task ForgetAsync_IdsThatLookAlike_ErasesThisOneOnly(string id)
    {
        string[] all = ["a", "a b", "a_20b", "ann@example.com", "1' OR '1'='1"];
        await using var tables = await RunningTables.StartAsync(Some.Schema());
        foreach (var user in all)
        {
            await tables.AddAsync(user, 1);
            await tables.RejectAsync(user, null, "resolved", $"Written to pixel_{SuffixPattern.Spell(user)}_20261101");
        }

        Assert.That(await ForgetAsync(tables, new Person(id)), Is.Empty);

        var left = all.Where(u => u != id).ToList();
        var held = string.Join(", ", left.Order(StringComparer.Ordinal).Select(u => u + " 1"));
        var own = left.Select(u => $"pixel_{SuffixPattern.Spell(u)}_20261101: {u} 1").Order(StringComparer.Ordinal);
        Assert.That(await tables.HeldAsync(), Is.EqualTo(string.Join("; ", (string[])["all_pixel: " + held, .. own, "rejected_pixel: " + held])));
    }

    [Test]
    public async Task ForgetAsync_RowsInTheStreamingBuffer_AreErasedOnceTheyAreOutOfIt()
    {
        await using var tables = await RunningTables.StartAsync(Some.Schema(), streamingBuffer: TimeSpan.FromMinutes(90));
        await tables.AddAsync("ann", 1, 2);
        await tables.RejectAsync("r1", Some.Hit("user_id=ann&screen_width=x"));
        tables.Time.Advance(TimeSpan.FromMinutes(91));
        await tables.AddAsync("ann", 3);
        await tables.AddAsync("bob", 3);

        // The days before are deleted already: by partition, each stands for itself. A table of one's own goes with its buffer.
        Assert.That(await ForgetAsync(tables, Ann), Is.EqualTo("table all_pixel 1"));
        Assert.That(await tables.HeldAsync(), Is.EqualTo("all_pixel: ann 1, bob 1; pixel_bob_20261103: bob 1"));

        tables.Time.Advance(TimeSpan.FromMinutes(91));
        Assert.That(await ForgetAsync(tables, Ann), Is.Empty);
        Assert.That(await tables.HeldAsync(), Is.EqualTo("all_pixel: bob 1; pixel_bob_20261103: bob 1"));
    }

    [TestCase("7", "all_pixel: 70 1")]
    [TestCase("ann", "all_pixel: 7 1, 70 1")] // can be nobody here
    public async Task ForgetAsync_ColumnOfNumbers_ComparesNumbers(string id, string left)
    {
        var schema = EventSchema.Parse(Encoding.UTF8.GetBytes("""
            [{"name":"event_id","type":"STRING","mode":"REQUIRED"},{"name":"event_time","type":"TIMESTAMP","mode":"REQUIRED"},{"name":"user_id","type":"INTEGER","mode":"REQUIRED"}]
            """), "schema.json");
        await using var tables = await RunningTables.StartAsync(schema, LayoutName.Both);
        await tables.AddAsync(7L, 1);
        await tables.AddAsync(70L, 1);
        Assert.That(await ForgetAsync(tables, new Person(id)), Is.Empty);
        Assert.That((await tables.HeldAsync()).Split("; ")[0], Is.EqualTo(left));
    }

    [Test]
    public async Task ForgetAsync_LayoutPartitioned_DeletesFromTheOneTable()
    {
        await using var tables = await RunningTables.StartAsync(Some.Schema(), LayoutName.Partitioned);
        await tables.AddAsync("ann", 1, 2);
        await tables.AddAsync("bob", 2);
        Assert.That(await ForgetAsync(tables, Ann), Is.Empty);
        Assert.That(await tables.HeldAsync(), Is.EqualTo("pixel: bob 1"));
    }

    [Test]
    public async Task ReadAsync_AllPlaces_GiveEachEventUnderOneId()
    {
        await using var tables = await RunningTables.StartAsync(Some.Schema());
        await tables.AddAsync("ann", 1, 2);
        await tables.AddAsync("bob", 2);
        await tables.RejectAsync("r1", Some.Hit("user_id=ann&screen_width=x"));
        var records = new List<HeldRecord>();
        foreach (var place in await tables.PlacesAsync(Ann))
        {
            await foreach (var record in place.ReadAsync(Ann, CancellationToken.None))
            {
                records.Add(record);
            }
        }

        Assert.That(records.Where(r => r.Kind == HeldRecord.Events).Select(r => r.Id).Distinct().Order(), Is.EqualTo(new[] { "ann-1", "ann-2" }));
        Assert.That(records.Single(r => r.Kind == HeldRecord.Rejected).Fields.Single(f => f.Key == "event_id").Value, Is.EqualTo("r1"));
    }

    [Test]
    public async Task ForgetListTable_SeveralPeople_AreFoundByWhoeverReadsIt()
    {
        await using var tables = await RunningTables.StartAsync(Some.Schema());
        var table = tables.Client.GetTableReference("pixels", ForgetListTable.IdOf("pixel"));
        Assert.That((await new ForgetListTable(tables.Client, table).ReadAsync(CancellationToken.None)).IsEmpty);
        foreach (var user in (string[])["ann", "bob", "ann"])
        {
            await new ForgetListTable(tables.Client, table).AddAsync(new Person(user), DateTime.UtcNow, CancellationToken.None);
        }

        var lines = await new ForgetListTable(tables.Client, table).LinesAsync(CancellationToken.None);
        var users = await new ForgetListTable(tables.Client, table).ReadAsync(CancellationToken.None);
        Assert.That((lines.Count, users.Contains("ann"), users.Contains("bob"), users.Contains("cid")), Is.EqualTo((2, true, true, false)));
    }

    private static async Task<string> SearchAsync(RunningTables tables, Person person) => await TellAsync(tables, person, async place => (await place.SearchAsync(person, CancellationToken.None)).Records);

    private static async Task<string> ForgetAsync(RunningTables tables, Person person) =>
        await TellAsync(tables, person, async place => (await place.ForgetAsync(person, new Journal(), CancellationToken.None))?.Records ?? 0);

    private static async Task<string> TellAsync(RunningTables tables, Person person, Func<Place, Task<long>> count)
    {
        var told = new List<string>();
        foreach (var place in await tables.PlacesAsync(person))
        {
            if (await count(place) is > 0 and var records)
            {
                told.Add($"{place.Name} {records}");
            }
        }

        return string.Join(", ", told.Order(StringComparer.Ordinal));
    }
}
