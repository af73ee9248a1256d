using PixelPipeline.Events;
using PixelPipeline.Events.Sources;
using PixelPipeline.Signing;
using PixelPipeline.Writing;

namespace PixelPipeline.Tests.Signing;

/// <summary>What becomes of hits where signatures are looked at.</summary>
public sealed class SignedHitTests
{
    private const string Keys = "k2:abcdefghijklmnop,k1:ponmlkjihgfedcba";
    private static readonly DateTimeOffset HitTime = DateTimeOffset.Parse(Some.Timestamp, System.Globalization.CultureInfo.InvariantCulture);

    [TestCase(0, "valid")]
    [TestCase(1, "valid")] // a key that is on its way out
    public void Observe_SignedByAKey_IsValid(int key, string expected) => Assert.That(Observed(Sign(SigningKey.ReadList(Keys)[key])), Is.EqualTo(expected));

    [Test]
    public void Observe_WithoutSignature_IsMissing() => Assert.That(Observed(""), Is.EqualTo("missing"));

    [TestCase("")]
    [TestCase("nonsense")]
    [TestCase("k2..")]
    [TestCase("k2..AAAA")]
    [TestCase("k2.-5.AAAA")]
    [TestCase("k2.99999999999999999999.AAAA")]
    [TestCase("k2..%00%FF")]
    public void Observe_OtherText_IsNotValid(string signature) =>
        Assert.That(Observed($"&sig={signature}"), Is.EqualTo(signature.Length == 0 ? "missing" : "invalid"));

    [TestCase(1, "valid")]
    [TestCase(0, "valid")] // its last second
    [TestCase(-1, "expired")]
    public void Observe_SignatureWithAnEnd_IsJudgedAtTheTimeOfTheHit(int secondsLeft, string expected) =>
        Assert.That(Observed(Sign(SigningKey.ReadList(Keys)[0], HitTime.AddSeconds(secondsLeft))), Is.EqualTo(expected));

    [TestCase("&order_id=43")] // added
    [TestCase("&type=click&order_id=")] // an empty one is none: still what was signed
    public void Observe_AttributeAddedToASignedHit_IsToldApart(string added) =>
        Assert.That(Observed(Sign(SigningKey.ReadList(Keys)[0]) + added), Is.EqualTo(added.EndsWith('=') ? "valid" : "invalid"));

    [Test]
    public void Observe_AttributeThatIsNotSigned_MayBeAdded() =>
        Assert.That(Observed(Sign(SigningKey.ReadList(Keys)[0]) + "&title=Shop"), Is.EqualTo("valid"));

    [Test]
    public void Observe_KeyOfSomebodyElse_IsInvalid() =>
        Assert.That(Observed(Sign(SigningKey.ReadList("k2:another-secret-of-16")[0])), Is.EqualTo("invalid"));

    [Test]
    public void Observe_EventOfTheCollector_IsJudgedByItsFields()
    {
        var signature = HitSignature.Make(SigningKey.ReadList(Keys)[0], null, [new("user_id", "alice"), new("order_id", "42")]);
        var outcome = Processor(SigningMode.Observe).Process(Some.CollectedEvent($$"""{"user_id":"alice","order_id":42,"sig":"{{signature}}"}"""));
        Assert.That(((EntryOutcome.Written)outcome).Row["signature"], Is.EqualTo("valid"));
    }

    [TestCase("\"\\ud800\"", "invalid")] // no text at all
    [TestCase("[[1]]", "missing")]
    [TestCase("\"x\",\"sig\":\"y\"", "invalid")]
    public void Observe_EventOfTheCollectorWithAnOddSignature_GivesAnOutcome(string json, string expected)
    {
        var outcome = Processor(SigningMode.Observe).Process(System.Text.Encoding.UTF8.GetBytes(
            $$$"""{"timestamp":"{{{Some.Timestamp}}}","insertId":"1","jsonPayload":{"event":{"user_id":"alice","sig":{{{json}}} } } }"""));
        Assert.That(((EntryOutcome.Written)outcome).Row["signature"], Is.EqualTo(expected));
    }

    [TestCase("", "The hit's signature is missing.")]
    [TestCase("&sig=x", "The hit's signature is invalid.")]
    public void Require_WithoutAValidOne_IsRejected(string more, string message)
    {
        var outcome = (EntryOutcome.Rejected)Processor(SigningMode.Require).Process(Some.Hit("user_id=alice&type=click" + more));
        Assert.That((outcome.Reason, outcome.Column, outcome.Message), Is.EqualTo((RejectedReason.BadSignature, (string?)null, message)));
    }

    [Test]
    public void Require_ValidOne_IsWritten() =>
        Assert.That(Processor(SigningMode.Require).Process(Some.Hit("user_id=alice&type=click" + Sign(SigningKey.ReadList(Keys)[0]))), Is.TypeOf<EntryOutcome.Written>());

    [TestCase(SigningMode.Require, "shop", "shop, which hits are to be signed for, is no attribute of this schema")]
    [TestCase(SigningMode.Observe, "user_id", "\"name\": \"signature\"")]
    public void Schema_ThatDoesNotFit_IsRefused(SigningMode mode, string attribute, string expected)
    {
        var sources = new ColumnSources(new SourceOptions { Signing = new SigningRule(mode, SigningKey.ReadList(Keys), [attribute]) });
        var error = Assert.Throws<SchemaException>(() => EventSchema.Parse(ShippedFile.Read("deploy/schema.json"), "schema.json", sources));
        Assert.That(error!.Message, Does.Contain(expected));
    }

    private static string Sign(SigningKey key, DateTimeOffset? expires = null) =>
        "&sig=" + HitSignature.Make(key, expires, [new("user_id", "alice"), new("type", "click"), new("order_id", null)]);

    private static string? Observed(string more) =>
        (string?)((EntryOutcome.Written)Processor(SigningMode.Observe).Process(Some.Hit("user_id=alice&type=click" + more))).Row["signature"];

    private static PixelProcessor Processor(SigningMode mode)
    {
        var json = System.Text.Encoding.UTF8.GetString(ShippedFile.Read("deploy/schema.json")).TrimEnd().TrimEnd(']') + """, { "name": "signature", "type": "STRING" }]""";
        var sources = new ColumnSources(new SourceOptions { Signing = new SigningRule(mode, SigningKey.ReadList(Keys), ["user_id", "type", "order_id"]) });
        return Some.Processor(EventSchema.Parse(System.Text.Encoding.UTF8.GetBytes(json), "schema.json", sources));
    }
}
