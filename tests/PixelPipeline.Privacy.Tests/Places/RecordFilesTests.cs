using System.Text;
using PixelPipeline.Privacy.Places;

namespace PixelPipeline.Privacy.Tests.Places;

internal sealed class RecordFilesTests
{
    [Test]
    public async Task ForgetAsync_DeadLetters_RemovesThePersonsWhereverTheyAre()
    {
        using var folder = new TempFolder();
        var requests = Directory.CreateDirectory(Path.Combine(folder.Path, "redeliver")).FullName;
        File.WriteAllText(Path.Combine(folder.Path, "1.jsonl"), Letter("user_id=ann"));
        File.WriteAllText(Path.Combine(folder.Path, "2.jsonl"), Letter("user_id=bob&page=https%3A%2F%2Fx.example%2F%3Fuser_id%3Dann"));
        File.WriteAllText(Path.Combine(requests, "3.jsonl"), Letter("user_id=ann"));
        File.WriteAllText(Path.Combine(folder.Path, "4.jsonl.next"), Letter("user_id=ann")[..^30]); // half written
        var place = new RecordFiles("dead letters", folder.Path);

        Assert.That((await place.SearchAsync(new Person("ann"), CancellationToken.None)).Records, Is.EqualTo(3));
        Assert.That(await place.ForgetAsync(new Person("ann"), new Journal(), CancellationToken.None), Is.Null);

        Assert.That(Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories).Select(Path.GetFileName), Is.EqualTo(new[] { "2.jsonl" }));
    }

    [Test]
    public async Task SearchAsync_NoFolder_FindsNothing() =>
        Assert.That(await new RecordFiles("dead letters", "/no/such/folder").SearchAsync(new Person("ann"), CancellationToken.None), Is.EqualTo(default(Holding)));

    private static string Letter(string query) =>
        $$"""{"position":{"segment":"20261120T111228408Z","offset":42},"messageId":"1","attempts":100,"lastStatus":"500","time":"2026-11-20T12:00:00Z","entry":{{Encoding.UTF8.GetString(Some.Hit(query))}}}""" + "\n";
}
