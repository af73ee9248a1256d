using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace PixelPipeline.Local.Tests.Storage;

/// <summary>The methods of the local Cloud Storage, by the pipeline's own client where it has them.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class StorageServerTests
{
    private const string Objects = $"/storage/v1/b/{RunningStorage.Bucket}/o";

    [Test]
    public async Task List_ByPrefix_GivesNamesInOrderWithSizes()
    {
        await using var storage = await RunningStorage.StartAsync();
        storage.Put("drop/b é.log", "12");
        storage.Put("drop/2026/a.log", "123");
        storage.Put("other/c.log", "1");

        var found = await storage.Client.ListAsync(RunningStorage.Bucket, "drop/", CancellationToken.None).ToListAsync();
        Assert.That(found.Select(o => (o.Name, o.Size)), Is.EqualTo(new[] { ("drop/2026/a.log", 3L), ("drop/b é.log", 2L) }));
    }

    [Test]
    public async Task List_PageByPage_GivesEachObjectOnce()
    {
        await using var storage = await RunningStorage.StartAsync();
        string[] names = ["a", "b/1", "b/2", "b0", "c"];
        foreach (var name in names)
        {
            storage.Put(name, "");
        }

        var found = new List<string>();
        var sizes = new List<int>();
        for (var token = ""; token is not null;)
        {
            var page = (await storage.Http.GetFromJsonAsync<JsonObject>($"{Objects}?maxResults=2&pageToken={token}"))!;
            sizes.Add(page["items"]!.AsArray().Count);
            found.AddRange(page["items"]!.AsArray().Select(i => (string)i!["name"]!));
            token = (string?)page["nextPageToken"];
        }

        Assert.That(found, Is.EqualTo(names));
        Assert.That(sizes, Is.EqualTo(new[] { 2, 2, 1 }));
    }

    [Test]
    public async Task List_OfNothing_HasNoItems()
    {
        await using var storage = await RunningStorage.StartAsync();
        Assert.That(await storage.Http.GetStringAsync(Objects), Is.EqualTo("""{"kind":"storage#objects"}"""));
    }

    [Test]
    public async Task Object_WrittenAndRead_IsTheSameBytesInAFile()
    {
        await using var storage = await RunningStorage.StartAsync();
        var content = new byte[300_000];
        new Random(20261120).NextBytes(content);
        const string Name = "summaries/2026/a + é %2F #?.csv";

        await storage.Client.WriteAsync(RunningStorage.Bucket, Name, "text/csv", content, CancellationToken.None);
        Assert.That(await File.ReadAllBytesAsync(Path.Combine(storage.Root, Name)), Is.EqualTo(content));

        using var read = new MemoryStream();
        await using (var stream = storage.Client.OpenRead(RunningStorage.Bucket, Name))
        {
            await stream.CopyToAsync(read);
        }

        Assert.That(read.ToArray(), Is.EqualTo(content));
    }

    [Test]
    public async Task Object_WrittenAgain_IsReplacedAndNothingElseIsLeft()
    {
        await using var storage = await RunningStorage.StartAsync();
        await storage.Client.WriteAsync(RunningStorage.Bucket, "a.csv", "text/csv", "longer"u8.ToArray(), CancellationToken.None);
        await storage.Client.WriteAsync(RunningStorage.Bucket, "a.csv", "text/csv", "new"u8.ToArray(), CancellationToken.None);

        Assert.That(await File.ReadAllTextAsync(Path.Combine(storage.Root, "a.csv")), Is.EqualTo("new"));
        Assert.That(Directory.EnumerateFiles(storage.Root, "*", SearchOption.AllDirectories).Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task Upload_UnderWay_IsNoObjectAndIsRemovedWhenItBreaksOff()
    {
        await using var storage = await RunningStorage.StartAsync();
        storage.Put("a.csv", "old");
        using var endless = new EndlessContent();
        using var breakOff = new CancellationTokenSource();
        var upload = storage.Http.PostAsync($"/upload{Objects}?uploadType=media&name=a.csv", endless, breakOff.Token);
        var parts = Path.Combine(storage.Root, ".pixel-uploads");
        await Eventually.IsTrueAsync(() => Directory.Exists(parts) && Directory.EnumerateFiles(parts).Any(), "a part");

        var during = await storage.Client.ListAsync(RunningStorage.Bucket, "", CancellationToken.None).ToListAsync();
        await breakOff.CancelAsync();
        await Eventually.IsTrueAsync(() => !Directory.EnumerateFiles(parts).Any(), "the part is removed");
        Assert.That(during.Select(o => o.Name), Is.EqualTo(new[] { "a.csv" }));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(storage.Root, "a.csv")), Is.EqualTo("old"));
        Assert.That(() => upload, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Metadata_OfAnObject_IsWhatCloudStorageTells()
    {
        await using var storage = await RunningStorage.StartAsync();
        storage.Put("drop/a.log", "12345");
        File.SetLastWriteTimeUtc(Path.Combine(storage.Root, "drop/a.log"), new DateTime(2026, 11, 20, 11, 12, 28, 408, DateTimeKind.Utc));

        var found = (await storage.Http.GetFromJsonAsync<JsonObject>($"{Objects}/drop%2Fa.log"))!;
        Assert.Multiple(() =>
        {
            Assert.That((string?)found["kind"], Is.EqualTo("storage#object"));
            Assert.That(((string?)found["bucket"], (string?)found["name"]), Is.EqualTo((RunningStorage.Bucket, "drop/a.log")));
            Assert.That((string?)found["size"], Is.EqualTo("5"));
            Assert.That((string?)found["generation"], Is.EqualTo("1795173148408000"));
            Assert.That((string?)found["updated"], Is.EqualTo("2026-11-20T11:12:28.408Z"));
        });
    }

    [TestCase("GET", Objects + "/none", 404, "notFound")]
    [TestCase("GET", Objects + "/none?alt=media", 404, "notFound")]
    [TestCase("GET", "/storage/v1/b/other/o", 404, "notFound")]
    [TestCase("GET", "/storage/v1/b/other/o/a", 404, "notFound")]
    [TestCase("POST", "/upload/storage/v1/b/other/o?uploadType=media&name=a", 404, "notFound")]
    [TestCase("GET", "/storage/v1/b", 404, "notFound")]
    [TestCase("DELETE", Objects + "/a", 404, "notFound")] // no such method here
    [TestCase("GET", Objects + "?maxResults=0", 400, "invalid")]
    [TestCase("GET", Objects + "?pageToken=%21", 400, "invalid")]
    [TestCase("GET", Objects + "?delimiter=%2F", 400, "invalid")] // rather than a list that it did not ask for
    [TestCase("GET", Objects + "/a?generation=1", 400, "invalid")]
    [TestCase("POST", "/upload" + Objects + "?uploadType=resumable&name=a", 400, "invalid")]
    [TestCase("POST", "/upload" + Objects + "?uploadType=media", 400, "invalid")]
    [TestCase("POST", "/upload" + Objects + "?uploadType=media&name=a&ifMetagenerationMatch=0", 400, "invalid")]
    [TestCase("POST", "/upload" + Objects + "?uploadType=media&name=a%2Fb", 409, "conflict")] // a is a file
    [TestCase("POST", "/upload" + Objects + "?uploadType=media&name=folder", 409, "conflict")]
    public async Task Request_ThatCannotBeServed_IsRefusedAsGoogleRefuses(string method, string uri, int status, string reason)
    {
        await using var storage = await RunningStorage.StartAsync();
        storage.Put("a", "1");
        storage.Put("folder/b", "1");
        using var request = new HttpRequestMessage(new HttpMethod(method), uri);
        using var answer = await storage.Http.SendAsync(request);
        var error = (await answer.Content.ReadFromJsonAsync<JsonObject>())!["error"]!;
        Assert.That((int)answer.StatusCode, Is.EqualTo(status));
        Assert.That(((int)error["code"]!, (string?)error["errors"]![0]!["reason"]), Is.EqualTo((status, reason)));
        Assert.That((string?)error["message"], Is.Not.Empty);
    }

    [Test]
    public async Task Request_ThatIsNotLocal_IsRefused()
    {
        await using var storage = await RunningStorage.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, Objects) { Headers = { { "Origin", "https://evil.example.com" } } };
        using var answer = await storage.Http.SendAsync(request);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }
}
