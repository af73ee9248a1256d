using System.Net;

namespace PixelPipeline.LocalBigQuery.Tests;

[TestFixture]
internal sealed class InsertAllTests : BigQueryTest
{
    private const string TwoGoodOneBad =
        """{"rows":[{"json":{"user_id":"a"}},{"json":{"type":"click"}},{"json":{"user_id":"c"}}]}""";

    [Test]
    public async Task InsertAll_ValidRows_AreStoredInTheirOrder()
    {
        var answer = await BigQuery.InsertAsync("pixel", """{"rows":[{"json":{"user_id":"a","amount":7}},{"json":{"amount":null,"user_id":"b","type":"click"}}]}""");

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(answer.Body.ToJsonString(), Is.EqualTo("""{"kind":"bigquery#tableDataInsertAllResponse"}"""));
        Assert.That((await BigQuery.ListAsync("pixel")).Rows, Is.EqualTo(new[] { "a|NULL|7", "b|click|NULL" }));
    }

    [Test]
    public async Task InsertAll_OneInvalidRow_InsertsNothingAndStopsTheOthers()
    {
        var answer = await BigQuery.InsertAsync("pixel", TwoGoodOneBad);

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(answer.RowErrors, Is.EqualTo(new[] { "0 stopped", "1 invalid user_id", "2 stopped" }));
        Assert.That((await BigQuery.ListAsync("pixel")).Rows, Is.Empty);
    }

    [Test]
    public async Task InsertAll_SkipInvalidRows_InsertsTheValidOnes()
    {
        var answer = await BigQuery.InsertAsync("pixel", TwoGoodOneBad.Replace("{\"rows\"", "{\"skipInvalidRows\":true,\"rows\"", StringComparison.Ordinal));

        Assert.That(answer.RowErrors, Is.EqualTo(new[] { "1 invalid user_id" }));
        Assert.That((await BigQuery.ListAsync("pixel")).Rows, Is.EqualTo(new[] { "a|NULL|NULL", "c|NULL|NULL" }));
    }

    [Test]
    public async Task InsertAll_UnknownField_IsInvalidAndNamesIt()
    {
        var answer = await BigQuery.InsertAsync("pixel", """{"rows":[{"json":{"user_id":"a","nope":1}}]}""");

        Assert.That(answer.RowErrors, Is.EqualTo(new[] { "0 invalid nope" }));
        Assert.That((string?)answer.Body["insertErrors"]![0]!["errors"]![0]!["message"], Is.EqualTo("no such field: nope."));
    }

    [Test]
    public async Task InsertAll_IgnoreUnknownValues_DropsTheUnknownField()
    {
        var answer = await BigQuery.InsertAsync("pixel", """{"ignoreUnknownValues":true,"rows":[{"json":{"user_id":"a","nope":{"x":[1]}}}]}""");

        Assert.That(answer.RowErrors, Is.Empty);
        Assert.That((await BigQuery.ListAsync("pixel")).Rows, Is.EqualTo(new[] { "a|NULL|NULL" }));
    }

    [Test]
    public async Task InsertAll_FieldInOtherCase_GoesToItsColumn()
    {
        await BigQuery.InsertAsync("pixel", """{"rows":[{"json":{"USER_ID":"a"}}]}""");

        Assert.That((await BigQuery.ListAsync("pixel")).Rows, Is.EqualTo(new[] { "a|NULL|NULL" }));
    }

    [TestCase("""{"rows":[{"json":{"user_id":null}}]}""", "0 invalid user_id")]
    [TestCase("""{"rows":[{"json":{"user_id":{"x":1}}}]}""", "0 invalid user_id")] // a record for a scalar
    [TestCase("""{"rows":[{"json":{"user_id":["a"]}}]}""", "0 invalid user_id")] // an array for a scalar
    [TestCase("""{"rows":[{"json":{"user_id":"\ud800"}}]}""", "0 invalid user_id")] // half a character
    [TestCase("""{"rows":[{"json":{"user_id":"a","\udc00":1}}]}""", "0 invalid")] // half a character in a name
    [TestCase("""{"rows":[{"insertId":"1"}]}""", "0 invalid")] // no fields at all
    [TestCase("""{"rows":[7]}""", "0 invalid")]
    public async Task InsertAll_RowThatDoesNotFit_IsInvalid(string body, string expected)
    {
        var answer = await BigQuery.InsertAsync("pixel", body);

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(answer.RowErrors, Is.EqualTo(new[] { expected }));
    }

    [TestCase("{}", "invalid")]
    [TestCase("""{"rows":[]}""", "invalid")]
    [TestCase("""{"rows":{}}""", "invalid")]
    [TestCase("""[]""", "invalid")]
    [TestCase("""{"skipInvalidRows":"yes","rows":[{"json":{"user_id":"a"}}]}""", "invalid")]
    [TestCase("""{"templateSuffix":7,"rows":[{"json":{"user_id":"a"}}]}""", "invalid")]
    [TestCase("""{"rows":[""", "parseError")]
    [TestCase("", "parseError")]
    public async Task InsertAll_BodyThatIsNoRequest_Is400(string body, string reason)
    {
        var answer = await BigQuery.InsertAsync("pixel", body);

        Assert.That((answer.Status, answer.Reason), Is.EqualTo((HttpStatusCode.BadRequest, reason)));
    }

    [Test]
    public async Task InsertAll_MissingTable_Is404WithItsFullName()
    {
        var answer = await BigQuery.InsertAsync("x", """{"rows":[{"json":{"user_id":"a"}}]}""");

        Assert.That((answer.Status, answer.Reason), Is.EqualTo((HttpStatusCode.NotFound, "notFound")));
        Assert.That(answer.Message, Is.EqualTo("Not found: Table local:pixels.x"));
        Assert.That((string?)answer.Body["error"]!["status"], Is.EqualTo("NOT_FOUND"));
    }

    [Test]
    public async Task InsertAll_View_Is400()
    {
        await BigQuery.PostAsync("datasets/pixels/tables", """{"tableReference":{"tableId":"v"},"view":{"query":"SELECT 1"}}""");

        var answer = await BigQuery.InsertAsync("v", """{"rows":[{"json":{"x":1}}]}""");

        Assert.That((answer.Status, answer.Reason), Is.EqualTo((HttpStatusCode.BadRequest, "invalid")));
    }

    [TestCase("pixel$20260102")] // a partition decorator
    [TestCase("pixel'--")]
    [TestCase("a.b")]
    public async Task InsertAll_IllegalTableId_Is400(string table)
    {
        var answer = await BigQuery.InsertAsync(Uri.EscapeDataString(table), """{"rows":[{"json":{"user_id":"a"}}]}""");

        Assert.That((answer.Status, answer.Reason), Is.EqualTo((HttpStatusCode.BadRequest, "invalid")));
    }

    [Test]
    public async Task InsertAll_AfterTheTableWasMadeAgain_FindsAnEmptyTable()
    {
        await BigQuery.InsertAsync("pixel", """{"rows":[{"insertId":"1","json":{"user_id":"old"}}]}""");
        await BigQuery.SendAsync(HttpMethod.Delete, "datasets/pixels/tables/pixel");
        await BigQuery.CreateTableAsync("pixel", PixelFields);

        await BigQuery.InsertAsync("pixel", """{"rows":[{"insertId":"1","json":{"user_id":"new"}}]}""");

        Assert.That((await BigQuery.ListAsync("pixel")).Rows, Is.EqualTo(new[] { "new|NULL|NULL" }));
    }
}
