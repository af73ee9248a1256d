using System.Net;
using System.Text.Json.Nodes;

namespace PixelPipeline.LocalBigQuery.Tests;

[TestFixture]
internal sealed class WireTests : BigQueryTest
{
    [TestCase("/bigquery/v2/projects/local/datasets/pixels")]
    [TestCase("/projects/local/datasets/pixels")]
    [TestCase("/projects/local/datasets/pixels?key=x&prettyPrint=false&alt=json")]
    public async Task Path_WithAndWithoutPrefix_IsServed(string path) =>
        Assert.That((string?)(await BigQuery.GetAsync(path)).Body["id"], Is.EqualTo("local:pixels"));

    [Test]
    public async Task AnyBearerToken_IsAccepted()
    {
        var answer = await BigQuery.SendAsync(
            HttpMethod.Get, "datasets", null, request => request.Headers.Authorization = new("Bearer", "anything"));

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task PrettyPrint_Asked_IndentsTheAnswer()
    {
        Assert.That(await BigQuery.Http.GetStringAsync("datasets?prettyPrint=true"), Does.Contain("\n  \"kind\""));
        Assert.That(await BigQuery.Http.GetStringAsync("datasets?prettyPrint=false"), Does.Not.Contain("\n"));
    }

    [TestCase("Host", "evil.example")]
    [TestCase("Origin", "https://evil.example")]
    [TestCase("Origin", "null")]
    public async Task Request_FromAWebPage_IsRefusedAndChangesNothing(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, "datasets/pixels?deleteContents=true");
        request.Headers.TryAddWithoutValidation(header, value);

        using var response = await BigQuery.Http.SendAsync(request);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await BigQuery.GetAsync("datasets/pixels")).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task UnknownPath_Is404InGooglesShape()
    {
        var answer = await BigQuery.GetAsync("/bigquery/v2/nothing.html");

        Assert.That((answer.Status, answer.Reason), Is.EqualTo((HttpStatusCode.NotFound, "notFound")));
        Assert.That((int?)answer.Body["error"]!["code"], Is.EqualTo(404));
    }

    [Test]
    public async Task Projects_List_HasTheOneProject() =>
        Assert.That((string?)(await BigQuery.GetAsync("/projects")).Body["projects"]![0]!["id"], Is.EqualTo("local"));

    [TestCase("/$discovery/rest?version=v2")]
    [TestCase("/discovery/v1/apis/bigquery/v2/rest")]
    public async Task Discovery_Document_DescribesMethodsThatAreServed(string path)
    {
        var document = (await BigQuery.GetAsync(path)).Body;

        Assert.That((string?)document["rootUrl"], Is.EqualTo($"http://127.0.0.1:{BigQuery.Port}/"));
        foreach (var method in Methods(document))
        {
            using var request = new HttpRequestMessage(new HttpMethod((string)method["httpMethod"]!), Url(document, method));
            using var response = await BigQuery.Http.SendAsync(request);
            var text = await response.Content.ReadAsStringAsync();
            Assert.That(text, Does.Not.Contain("no such method"), (string?)method["id"]);
            Assert.That(response.StatusCode, Is.Not.EqualTo(HttpStatusCode.MethodNotAllowed), (string?)method["id"]);
        }
    }

    private static IEnumerable<JsonObject> Methods(JsonObject document) => document["resources"]!.AsObject()
        .SelectMany(resource => resource.Value!["methods"]!.AsObject())
        .Select(method => method.Value!.AsObject());

    private static string Url(JsonObject document, JsonObject method)
    {
        var path = (string)method["path"]!;
        foreach (var (name, _) in method["parameters"]!.AsObject())
        {
            path = path.Replace($"{{{name}}}", "nope", StringComparison.Ordinal);
        }

        return (string)document["rootUrl"]! + (string)document["servicePath"]! + path;
    }
}
