using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PixelPipeline.LocalBigQuery.Tests.Loads;

/// <summary>Uploads in several requests (https://cloud.google.com/bigquery/docs/reference/api-uploads#resumable).</summary>
internal sealed class ResumableUploadTests : LoadTest
{
    private static readonly byte[] File = "{\"user_id\":\"a\"}\n{\"user_id\":\"b\"}\n"u8.ToArray(); // 32 bytes

    [TestCase("/32", "/32")]
    [TestCase("/*", "/32")] // of unknown length at first
    public async Task Upload_Chunks_AreOneFile(string total, string lastTotal)
    {
        var session = await BeginAsync(Job("load-1"));

        Assert.That(ReceivedOf(await PutAsync(session, File[..10], $"bytes 0-9{total}")), Is.EqualTo("bytes=0-9"));
        Assert.That(ReceivedOf(await PutAsync(session, File[10..20], $"bytes 10-19{total}")), Is.EqualTo("bytes=0-19"));
        Assert.That((await PutAsync(session, File[20..], $"bytes 20-31{lastTotal}")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(Statistic(await DoneAsync("load-1"), "outputRows"), Is.EqualTo("2"));
        Assert.That(await RowsAsync(), Is.EqualTo(new[] { "a|NULL|NULL", "b|NULL|NULL" }));
    }

    [Test]
    public async Task Upload_AskedHowFarItCame_SaysSo()
    {
        var session = await BeginAsync(Job("load-1"));
        var nothing = ReceivedOf(await PutAsync(session, [], "bytes */32"));
        await PutAsync(session, File[..10], "bytes 0-9/32");

        Assert.That((nothing, ReceivedOf(await PutAsync(session, [], "bytes */32"))), Is.EqualTo(("", "bytes=0-9")));
        Assert.That(ReceivedOf(await PutAsync(session, [], "bytes */*")), Is.EqualTo("bytes=0-9"));
    }

    [Test]
    public async Task Upload_ConnectionBroken_GoesOnWhereItBroke()
    {
        var session = await BeginAsync(Job("load-1"));
        await SendAndBreakAsync(session, "bytes 0-31/32", File[..13]);

        Assert.That(ReceivedOf(await PutAsync(session, [], "bytes */32")), Is.EqualTo("bytes=0-12"));
        await PutAsync(session, File[13..], "bytes 13-31/32");
        await DoneAsync("load-1");
        Assert.That(await RowsAsync(), Is.EqualTo(new[] { "a|NULL|NULL", "b|NULL|NULL" }));
    }

    [Test]
    public async Task Upload_ChunkSentAgain_IsTakenOnce()
    {
        var session = await BeginAsync(Job("load-1"));
        await PutAsync(session, File[..20], "bytes 0-19/32");
        var again = ReceivedOf(await PutAsync(session, File[10..25], "bytes 10-24/32"));
        var gap = ReceivedOf(await PutAsync(session, File[30..], "bytes 30-31/32"));
        await PutAsync(session, File[25..], "bytes 25-31/32");
        await DoneAsync("load-1");

        Assert.That((again, gap), Is.EqualTo(("bytes=0-24", "bytes=0-24")));
        Assert.That((await RowsAsync()).Count(), Is.EqualTo(2));
    }

    [Test]
    public async Task Upload_WithoutRange_IsTheWholeFile()
    {
        var session = await BeginAsync(Job("load-1"));
        await PutAsync(session, File, null);

        Assert.That(Statistic(await DoneAsync("load-1"), "outputRows"), Is.EqualTo("2"));
    }

    [Test]
    public async Task Upload_AnswerMissed_IsGivenAgain()
    {
        var session = await BeginAsync(Job("load-1"));
        await PutAsync(session, File, "bytes 0-31/32");
        await DoneAsync("load-1");
        var again = await ReadAsync(await PutAsync(session, [], "bytes */32"));

        Assert.That(((string?)again.Body["jobReference"]!["jobId"], State(again)), Is.EqualTo(("load-1", "DONE")));
        Assert.That((await RowsAsync()).Count(), Is.EqualTo(2));
    }

    [TestCase("bytes 0-40/32")] // more than was announced
    [TestCase("bytes zero-31/32")]
    [TestCase("0-31/32")]
    public async Task Upload_RangeThatIsWrong_IsRefused(string range)
    {
        var session = await BeginAsync(Job("load-1"));

        Assert.That((await PutAsync(session, new byte[41], range)).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task Upload_Unknown_IsNotFound()
    {
        var session = new Uri(BigQuery.Http.BaseAddress!, Jobs + "?uploadType=resumable&upload_id=none");

        Assert.That((await ReadAsync(await PutAsync(session, File, null))).Reason, Is.EqualTo("notFound"));
    }

    [Test]
    public async Task Upload_Ended_LeavesNoFile()
    {
        await LoadAsync(File, "good");
        await LoadAsync("[]", "bad");

        await Eventually.IsTrueAsync(() => !Uploads().Any(), "the files are gone");
    }

    [Test]
    public async Task Start_AfterAKill_RemovesWhatWasLeft()
    {
        await System.IO.File.WriteAllTextAsync(BigQuery.DatabasePath + "-upload-left", "x");
        await BigQuery.RestartAsync();

        Assert.That(Uploads(), Is.Empty);
    }

    [Test]
    public async Task Upload_LeftForADay_IsDropped()
    {
        var session = await BeginAsync(Job("load-1"));
        BigQuery.Time.Advance(TimeSpan.FromHours(25));
        await BeginAsync(Job("load-2"));

        Assert.That((await PutAsync(session, File, null)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(Uploads().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task Upload_ToAPathWithoutPrefix_Works()
    {
        var answer = await BigQuery.PostAsync("/upload/projects/local/jobs?uploadType=resumable", Job("load-1"));

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK));
    }

    private async Task SendAndBreakAsync(Uri session, string range, byte[] part)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(session.Host, session.Port);
        var head = $"PUT {session.PathAndQuery} HTTP/1.1\r\nHost: {session.Authority}\r\nContent-Range: {range}\r\nContent-Length: 32\r\n\r\n";
        await client.GetStream().WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(head), .. part]);
        await Eventually.IsTrueAsync(() => new FileInfo(Uploads().Single()).Length == part.Length, "what was sent has arrived");
    }
}
