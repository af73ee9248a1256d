using PixelPipeline.GoogleCloud.Tests.BigQuery;
using PixelPipeline.Privacy.Forgetting;
using PixelPipeline.Privacy.Places;

namespace PixelPipeline.Privacy.Tests.Forgetting;

internal sealed class ErasureTests
{
    private static readonly Person Ann = new("ann");
    private static readonly DateTime Now = new(2026, 11, 28, 6, 0, 0, DateTimeKind.Utc);

    private TempFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public async Task RunAsync_BrokenOffInTheMiddle_EndsAsIfItHadNotBeen()
    {
        Place[] Places() => [new ScriptedPlace("a", 3), new ScriptedPlace("b", 7, records => (records - 2, new PlaceException("disk"))), new ScriptedPlace("c", 1)];
        var places = Places();
        Assert.That(() => RunAsync(places), Throws.TypeOf<PlaceException>());
        var results = await RunAsync(places); // from the state on the disk

        Assert.That(Told(results), Is.EqualTo(Told(await RunAsync(Places().Select(p => p.Name == "b" ? new ScriptedPlace("b", 7) : p), "other"))));
        Assert.That(Told(results), Is.EqualTo("a 3/0 b 7/0 c 1/0"));
    }

    [Test]
    public async Task RunAsync_WhatCannotBeErasedYet_IsLeftAndNotCountedTwice()
    {
        Place[] places = [new ScriptedPlace("a", 5, _ => (2, null), _ => (2, null))];
        Assert.That(Told(await RunAsync(places)), Is.EqualTo("a 5/2"));
        Assert.That(Told(await RunAsync(places)), Is.EqualTo("a 5/0"));
    }

    [Test]
    public async Task RunAsync_Waiting_ComesBackUntilAllIsErased()
    {
        Place[] places = [new ScriptedPlace("a", 5, _ => (2, null), _ => (2, null), _ => (2, null))];
        Assert.That(Told(await RunAsync(places, wait: true)), Is.EqualTo("a 5/0"));
    }

    [Test]
    public async Task RunAsync_Rewriting_IsDoneOnceAndLast()
    {
        var place = new ScriptedPlace("a", 5);
        var seen = new List<long>();
        await new Erasure(Ann, [place], ForgetState.Load(_folder.Path, "ann", Now), _ =>
        {
            seen.Add(place.Records);
            return Task.CompletedTask;
        }, _ => { }).RunAsync(wait: false, TimeProvider.System, CancellationToken.None);
        Assert.That(seen, Is.EqualTo(new[] { 0L }));
    }

    [Test]
    public void Load_DamagedState_SaysWhatToDo()
    {
        File.WriteAllText(Path.Combine(_folder.Path, "ann.json"), "{");
        Assert.That(() => ForgetState.Load(_folder.Path, "ann", Now), Throws.TypeOf<InvalidDataException>().With.Message.Contains("remove it"));
    }

    [Test]
    public async Task Proof_OfAnErasure_SaysWhatWasFoundAndWhatIsLeft()
    {
        var proof = new Proof
        {
            Reference = "3f9c",
            Pipeline = "local.pixels.pixel",
            Begun = Now,
            Written = Now.AddMinutes(1),
            Places = await RunAsync([new ScriptedPlace("table all_pixel", 5, _ => (2, null), _ => (2, null)), new ScriptedPlace("lake", 0)]),
            Remains = [.. Remains.OfGoogle(Now, TimeSpan.FromDays(7), hasObjects: false)],
        };
        Assert.That(proof.IsComplete, Is.False);
        Assert.That(proof.ToString(), Does.Contain("NOT FINISHED").And.Contain("table all_pixel: 5 records found (about 50 bytes, in 1 table), 3 erased")
            .And.Contain("lake: nothing found").And.Contain("2 records are in a buffer, until 1970-01-01").And.Contain("until 2026-12-05 06:00 UTC; then").And.Contain("until 2026-12-12"));
    }

    private Task<IReadOnlyList<PlaceResult>> RunAsync(IEnumerable<Place> places, string reference = "ann", bool wait = false) =>
        new Erasure(Ann, [.. places], ForgetState.Load(_folder.Path, reference, Now), null, _ => { }).RunAsync(wait, new SkippingTime(), CancellationToken.None);

    private static string Told(IReadOnlyList<PlaceResult> results) => string.Join(' ', results.Select(r => $"{r.Place.Name} {r.Found.Records}/{r.Left?.Records ?? 0}"));
}
