using System.Net;

namespace PixelPipeline.LocalBigQuery.Tests;

[TestFixture]
internal sealed class DatasetTests : BigQueryTest
{
    [Test]
    public async Task Insert_NewDataset_CanBeReadBack()
    {
        var made = await BigQuery.PostAsync("datasets", """{"datasetReference":{"datasetId":"other"},"description":"hi","labels":{"a":"b"}}""");
        var read = await BigQuery.GetAsync("datasets/other");

        Assert.That(read.Body.ToJsonString(), Is.EqualTo(made.Body.ToJsonString()));
        Assert.That((string?)read.Body["id"], Is.EqualTo("local:other"));
        Assert.That((string?)read.Body["kind"], Is.EqualTo("bigquery#dataset"));
        Assert.That((string?)read.Body["description"], Is.EqualTo("hi"));
        Assert.That((string?)read.Body["creationTime"], Is.EqualTo("1767323045000"));
    }

    [Test]
    public async Task Insert_Existing_Is409()
    {
        var answer = await BigQuery.PostAsync("datasets", """{"datasetReference":{"datasetId":"pixels"}}""");

        Assert.That((answer.Status, answer.Reason), Is.EqualTo((HttpStatusCode.Conflict, "duplicate")));
        Assert.That(answer.Message, Is.EqualTo("Already Exists: Dataset local:pixels"));
    }

    [TestCase("a-b")]
    [TestCase("a.b")]
    [TestCase("")]
    [TestCase("a\\nb")]
    public async Task Insert_IllegalId_Is400(string id)
    {
        var answer = await BigQuery.PostAsync("datasets", $$$"""{"datasetReference":{"datasetId":"{{{id}}}"}}""");

        Assert.That((answer.Status, answer.Reason), Is.EqualTo((HttpStatusCode.BadRequest, "invalid")));
    }

    [Test]
    public async Task Get_Missing_Is404()
    {
        var answer = await BigQuery.GetAsync("datasets/nope");

        Assert.That((answer.Status, answer.Message), Is.EqualTo((HttpStatusCode.NotFound, "Not found: Dataset local:nope")));
    }

    [Test]
    public async Task Get_IdInOtherCase_Is404() =>
        Assert.That((await BigQuery.GetAsync("datasets/Pixels")).Status, Is.EqualTo(HttpStatusCode.NotFound));

    [Test]
    public async Task List_ManyDatasets_ComeInPages()
    {
        await BigQuery.PostAsync("datasets", """{"datasetReference":{"datasetId":"a"}}""");
        await BigQuery.PostAsync("datasets", """{"datasetReference":{"datasetId":"z"}}""");

        var first = await BigQuery.GetAsync("datasets?maxResults=2");
        var second = await BigQuery.GetAsync($"datasets?maxResults=2&pageToken={first.Body["nextPageToken"]}");

        Assert.That(Ids(first), Is.EqualTo(new[] { "local:a", "local:pixels" }));
        Assert.That(Ids(second), Is.EqualTo(new[] { "local:z" }));
        Assert.That(second.Body["nextPageToken"], Is.Null);
    }

    [Test]
    public async Task Insert_NumbersOf64Bits_ComeBackAsText()
    {
        var made = await BigQuery.PostAsync("datasets", """{"datasetReference":{"datasetId":"other"},"defaultTableExpirationMs":3600000}""");

        Assert.That(made.Body["defaultTableExpirationMs"]!.ToJsonString(), Is.EqualTo("\"3600000\""));
    }

    [Test]
    public async Task Patch_Description_KeepsTheRest()
    {
        await BigQuery.SendAsync(HttpMethod.Patch, "datasets/pixels", """{"description":"one","labels":{"a":"b"}}""");

        var patched = await BigQuery.SendAsync(HttpMethod.Patch, "datasets/pixels", """{"description":null,"labels":{"c":"d"}}""");

        Assert.That(patched.Body["description"], Is.Null);
        Assert.That(patched.Body["labels"]!.ToJsonString(), Is.EqualTo("""{"a":"b","c":"d"}"""));
    }

    [Test]
    public async Task Delete_WithTables_IsRefusedUnlessContentsGoToo()
    {
        var refused = await BigQuery.SendAsync(HttpMethod.Delete, "datasets/pixels");
        var deleted = await BigQuery.SendAsync(HttpMethod.Delete, "datasets/pixels?deleteContents=true");

        Assert.That((refused.Status, refused.Reason), Is.EqualTo((HttpStatusCode.BadRequest, "resourceInUse")));
        Assert.That(deleted.Status, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((await BigQuery.GetAsync("datasets/pixels/tables/pixel")).Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    private static IEnumerable<string?> Ids(Answer answer) => answer.Body["datasets"]!.AsArray().Select(dataset => (string?)dataset!["id"]);
}
