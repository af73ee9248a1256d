using PixelPipeline.Cli.Urls;

namespace PixelPipeline.Cli.Tests.Urls;

internal sealed class PixelSnippetsTests
{
    private static readonly Uri Pixel = new("https://track.example.com/pixel.png");

    [TestCase("mailchimp", "*|EMAIL_UID|* &*|MERGE1|*", "*|EMAIL_UID|*%20%26*|MERGE1|*&amp;type=open&amp;_=*|CAMPAIGN_UID|*")]
    [TestCase("customerio", "{{customer.id}}", "{{customer.id}}&amp;type=open&amp;_={{delivery_id}}")]
    [TestCase("plain", "{{ user.id | default: 'x' }}", "{{ user.id | default: 'x' }}&amp;type=open&amp;_=u1")]
    [TestCase("plain", "a{b}}c {{", "a%7Bb%7D%7Dc%20%7B%7B&amp;type=open&amp;_=u1")] // no merge field
    [TestCase("mailchimp", "{{a}}", "%7B%7Ba%7D%7D&amp;type=open&amp;_=*|CAMPAIGN_UID|*")] // none of Mailchimp's
    public void MailImage_OfATool_LeavesItsMergeFieldsAsTheyAre(string tool, string user, string expected)
    {
        var snippets = new PixelSnippets(Pixel, new Dictionary<string, string> { ["user_id"] = user, ["type"] = "open" });
        var tag = snippets.MailImage(MailTool.All.Single(t => t.Name == tool), "u1");
        Assert.That(tag, Does.StartWith($"<img src=\"https://track.example.com/pixel.png?user_id={expected}\" "));
    }

    [TestCase("https://h.example/a/t.png", "src=\"https://h.example/a/t.js\"")]
    [TestCase("https://h.example/t", "src=\"https://h.example/t.js\" data-to=\"https://h.example/t\"")] // its place does not follow from the script's
    public void Script_OfAPixel_StandsBesideIt(string pixel, string expected) =>
        Assert.That(new PixelSnippets(new Uri(pixel), new Dictionary<string, string>()).Script(collector: null, withIntegrity: false), Does.Contain($"<script async {expected}></script>"));

    [Test]
    public void Script_OfDefaults_SaysNothingTwice()
    {
        var fields = new Dictionary<string, string> { ["user_id"] = "anonymous", ["type"] = "view" };
        Assert.That(new PixelSnippets(Pixel, fields).Script(collector: null, withIntegrity: false), Does.StartWith("<script async src=\"https://track.example.com/pixel.js\"></script>\n<noscript><img "));
    }

    [Test]
    public void Script_OfHostileFields_EndsNoAttribute()
    {
        var fields = new Dictionary<string, string> { ["user_id"] = "\"><script>", ["order_id"] = "\" onload=\"" };
        var tag = new PixelSnippets(Pixel, fields).Script(collector: null, withIntegrity: false);
        Assert.That(tag, Does.Contain("data-user=\"&quot;&gt;&lt;script&gt;\" data-pixel-order_id=\"&quot; onload=&quot;\""));
    }
}
